//! The map of the world: where countries are, and the outline of the land. Natural Earth's data, which is public domain.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// `code longitude latitude`: a point inside each country and territory of ISO 3166-1.
const COUNTRIES: &str = include_str!("../../../content/geo/countries.tsv");
/// One outline a line: `longitude,latitude` in degrees, and so on.
const LAND: &str = include_str!("../../../content/geo/land.txt");

/// A point of the drawing: x from 0 to 360, y from 0 to 150, from the upper edge at 84 degrees north.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// To the east.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

/// Degrees north of the upper edge of the drawing.
const TOP: f64 = 84.0;

fn place(longitude: f64, latitude: f64) -> Place {
    Place { x: longitude + 180.0, y: TOP - latitude }
}

fn pair(text: &str, between: char) -> Option<(f64, f64)> {
    let (longitude, latitude) = text.split_once(between)?;
    Some((longitude.parse().ok()?, latitude.parse().ok()?))
}

/// Where a country is drawn, by its two letters; `None` for what is no country.
pub fn on_the_map(country: &str) -> Option<Place> {
    static PLACES: LazyLock<HashMap<&'static str, Place>> = LazyLock::new(|| {
        let line = |line: &'static str| {
            let (code, rest) = line.split_once('\t')?;
            let (longitude, latitude) = pair(rest, '\t')?;
            Some((code, place(longitude, latitude)))
        };
        COUNTRIES.lines().skip(1).filter_map(line).collect()
    });
    PLACES.get(country).copied()
}

/// The two letters of every country and territory, in their order.
pub fn countries() -> impl Iterator<Item = &'static str> {
    COUNTRIES.lines().skip(1).filter_map(|line| line.split_once('\t').map(|(code, _)| code))
}

/// The outlines of the land as the `d` of an SVG path, in half degrees from point to point.
pub fn land() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| LAND.lines().map(outline).collect());
    &PATH
}

/// One outline: where it begins, then steps, all in half degrees.
fn outline(line: &str) -> String {
    let half = |degrees: f64| (degrees * 2.0).round() as i64;
    let mut path = String::new();
    let mut last: Option<(i64, i64)> = None;
    for (longitude, latitude) in line.split(' ').filter_map(|text| pair(text, ',')) {
        let at = place(longitude, latitude);
        let point = (half(at.x), half(at.y));
        match last {
            None => _ = write!(path, "M{} {}l", point.0, point.1),
            Some(before) if before == point => continue,
            // Over the edge of the map: what lies beyond it is a piece of its own.
            Some(before) if (point.0 - before.0).abs() > 360 => _ = write!(path, "zM{} {}l", point.0, point.1),
            Some(before) => {
                let (x, y) = (point.0 - before.0, point.1 - before.1);
                // A minus sign separates by itself.
                let _ = write!(path, "{}{x}{}{y}", if x < 0 { "" } else { " " }, if y < 0 { "" } else { " " });
            }
        }
        last = Some(point);
    }
    path.push('z');
    path
}

#[cfg(test)]
mod tests {
    use super::{COUNTRIES, LAND, land, on_the_map, outline};

    #[test]
    fn every_country_has_a_place_on_the_map_or_below_it() {
        assert_eq!(COUNTRIES.lines().count(), 251, "the heading and 250 countries and territories");
        for line in COUNTRIES.lines().skip(1) {
            let code = line.split('\t').next().expect("a code");
            let place = on_the_map(code).unwrap_or_else(|| panic!("{line}"));
            assert!((0.0..=360.0).contains(&place.x) && place.y > 0.0, "{line}");
            assert!(place.y < 145.0 || code == "AQ", "{line}");
        }
        let egypt = on_the_map("EG").expect("Egypt");
        assert_eq!((egypt.x.round(), egypt.y.round()), (210.0, 58.0));
        assert_eq!((on_the_map("XX"), on_the_map("eg"), on_the_map("code")), (None, None, None));
    }

    #[test]
    fn the_land_is_small_enough_to_be_in_a_page() {
        assert!(LAND.lines().count() > 50 && land().len() < 20_000, "{}", land().len());
        assert!(land().chars().all(|c| c.is_ascii_digit() || "Mlz- ".contains(c)));
        assert_eq!(outline("-180,84 -179.5,84 -179.5,83"), "M0 0l 1 0 0 2z");
        assert_eq!(outline("179,0 180,0 -180,1 -179,1"), "M718 168l 2 0zM0 166l 2 0z", "no line across the map");
    }
}
