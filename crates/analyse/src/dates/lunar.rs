//! The Chinese lunar calendar, by the `tyme4rs` library.

use jiff::civil::Date;
use tyme4rs::tyme::lunar::{LunarDay, LunarMonth};
use tyme4rs::tyme::solar::{SolarDay, SolarTerm};

/// The civil day of a lunar one; `None` for a day that the lunar month lacks. Years outside 1900–2199 are left
/// alone: no news speaks of them, and the tables are surest within.
pub fn civil(year: i16, month: i8, day: i8, leap: bool) -> Option<Date> {
    if !(1900..2200).contains(&year) || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let month = if leap { -isize::from(month) } else { isize::from(month) };
    // `LunarDay::new` panics on a leap month that the year lacks; `LunarMonth::new` tells.
    LunarMonth::new(isize::from(year), month).ok()?;
    let solar = LunarDay::new(isize::from(year), month, usize::try_from(day).ok()?).ok()?.get_solar_day();
    date(&solar)
}

/// The day of a solar term: 1 is 小寒 in January, 24 the winter solstice.
pub fn term(year: i16, number: i8) -> Option<Date> {
    if !(1900..2200).contains(&year) || !(1..=24).contains(&number) {
        return None;
    }
    date(&SolarTerm::from_index(isize::from(year), isize::from(number)).get_solar_day())
}

fn date(day: &SolarDay) -> Option<Date> {
    let (year, month, day) = (day.get_year(), day.get_month(), day.get_day());
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasts() {
        let check = |year, month, day, leap, expected: &str| {
            assert_eq!(civil(year, month, day, leap).map(|d| d.to_string()).unwrap_or_default(), expected);
        };
        check(2019, 1, 1, false, "2019-02-05");
        check(2021, 8, 15, false, "2021-09-21");
        check(2020, 4, 1, true, "2020-05-23");
        check(2022, 12, 10, false, "2023-01-01");
        check(2021, 4, 1, true, "");
    }

    #[test]
    fn terms() {
        let check = |year, number, expected: &str| {
            assert_eq!(term(year, number).map(|d| d.to_string()).unwrap_or_default(), expected);
        };
        check(2021, 11, "2021-06-05");
        check(2024, 7, "2024-04-04");
        check(2025, 24, "2025-12-21");
    }
}
