//! What the tracker keeps from one capture to the next: the window, and the register of what was cited and is not captured.

pub mod copies;
pub mod near;
pub mod numbers;
pub mod seen;
pub mod unseen;
pub mod window;
