//! The order of the stages: live, import, rebuild.
