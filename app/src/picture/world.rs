//! The map of the world: where countries are, and the outline of the land. Natural Earth's data, which is public domain.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
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

/// Where the built-in countries are drawn, by their two letters.
static PLACES: LazyLock<HashMap<&'static str, Place>> = LazyLock::new(|| {
    let line = |line: &'static str| {
        let (code, rest) = line.split_once('\t')?;
        let (longitude, latitude) = pair(rest, '\t')?;
        Some((code, place(longitude, latitude)))
    };
    COUNTRIES.lines().skip(1).filter_map(line).collect()
});

/// Most of a house's own places that are read.
const OWN_MOST: usize = 1000;

/// Countries on the map: the built-in ones, and those a house adds or moves.
#[derive(Debug, Default)]
pub struct World {
    own: HashMap<String, OwnPlace>,
}

#[derive(Debug)]
struct OwnPlace {
    place: Place,
    /// By the tag of the language.
    names: Vec<(String, String)>,
}

impl World {
    /// The world with the places of `folder/geo/places.tsv`, if there is one: a heading `code longitude latitude`, then the
    /// tags of languages for names; one place a line, between tabs. A line that can't be read is told in the log and left
    /// out.
    pub fn with(folder: &Path) -> World {
        let path = folder.join("geo/places.tsv");
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                let (world, bad) = World::read(&text);
                for line in bad {
                    tracing::error!(file = %path.display(), line, "place left out: expected code, longitude, latitude, names");
                }
                world
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => World::default(),
            Err(error) => {
                tracing::error!(file = %path.display(), %error, "places left out");
                World::default()
            }
        }
    }

    /// The places of a table, and the numbers of the lines that say none.
    fn read(text: &str) -> (World, Vec<usize>) {
        let mut lines =
            text.trim_start_matches('\u{feff}').lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
        let tags: Vec<&str> = lines.next().map(|(line, _)| line.split('\t').skip(3).collect()).unwrap_or_default();
        let mut world = World::default();
        let mut bad = Vec::new();
        for (line, number) in lines.take(OWN_MOST) {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            let on_earth = |text: &str, most: f64| text.parse::<f64>().ok().filter(|degrees| degrees.abs() <= most);
            let read = match cells.as_slice() {
                [code, longitude, latitude, names @ ..] => on_earth(longitude, 180.0)
                    .zip(on_earth(latitude, 90.0))
                    .filter(|_| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()))
                    .map(|(longitude, latitude)| {
                        let named = tags.iter().zip(names).filter(|(_, name)| !name.is_empty());
                        let names = named.map(|(tag, name)| (tag.to_string(), name.to_string())).collect();
                        (code.to_string(), OwnPlace { place: place(longitude, latitude), names })
                    }),
                _ => None,
            };
            match read {
                Some((code, own)) => _ = world.own.insert(code, own),
                None => bad.push(number),
            }
        }
        (world, bad)
    }

    /// Where a country is drawn, by its two letters; `None` for what is no country.
    pub fn place(&self, country: &str) -> Option<Place> {
        self.own.get(country).map(|own| own.place).or_else(|| PLACES.get(country).copied())
    }

    /// What the house calls a place of its own, in a language or in the first it has a name in.
    pub fn name(&self, country: &str, language: &str) -> Option<&str> {
        let names = &self.own.get(country)?.names;
        let name = names.iter().find(|(tag, _)| tag == language).or_else(|| names.first())?;
        Some(&name.1)
    }
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
    // A step needs its letter once; a letter without a step ends the drawing of all outlines after it.
    let mut steps = false;
    for (longitude, latitude) in line.split(' ').filter_map(|text| pair(text, ',')) {
        let at = place(longitude, latitude);
        let point = (half(at.x), half(at.y));
        match last {
            None => _ = write!(path, "M{} {}", point.0, point.1),
            Some(before) if before == point => continue,
            // Over the edge of the map: what lies beyond it is a piece of its own.
            Some(before) if (point.0 - before.0).abs() > 360 => {
                let _ = write!(path, "zM{} {}", point.0, point.1);
                steps = false;
            }
            Some(before) => {
                let (x, y) = (point.0 - before.0, point.1 - before.1);
                if !std::mem::replace(&mut steps, true) {
                    path.push('l');
                }
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
    use super::{COUNTRIES, LAND, World, land, outline};

    #[test]
    fn a_browser_draws_every_outline_to_its_end() {
        let path = land();
        assert!(!path.contains("lz") && !path.contains("lM"), "a step without its numbers ends the drawing");
        assert_eq!(path.matches('M').count(), path.matches('z').count());
        assert!(path.matches('M').count() >= LAND.lines().count());
        let (point, edge) = (outline("10,10 10.1,10.1 10.1,10"), outline("179,10 -179,10 -179,10.1"));
        assert!(!point.contains('l') && !edge.contains('l'), "{point} {edge}");
    }

    #[test]
    fn every_country_has_a_place_on_the_map_or_below_it() {
        let world = World::default();
        assert_eq!(COUNTRIES.lines().count(), 251, "the heading and 250 countries and territories");
        for line in COUNTRIES.lines().skip(1) {
            let code = line.split('\t').next().expect("a code");
            let place = world.place(code).unwrap_or_else(|| panic!("{line}"));
            assert!((0.0..=360.0).contains(&place.x) && place.y > 0.0, "{line}");
            assert!(place.y < 145.0 || code == "AQ", "{line}");
        }
        let egypt = world.place("EG").expect("Egypt");
        assert_eq!((egypt.x.round(), egypt.y.round()), (210.0, 58.0));
        assert_eq!((world.place("XX"), world.place("eg"), world.place("code")), (None, None, None));
    }

    #[test]
    fn a_house_adds_places_and_moves_others() {
        let text = "\u{feff}code\tlongitude\tlatitude\ten\tar\nXA\t-30\t24\tAldermere\tألدرمير\n\nEG\t31\t27\nxb\t1\t1\nXC\t181\t0\nXD\n";
        let (world, bad) = World::read(text);
        assert_eq!(bad, [5, 6, 7]);
        assert_eq!(world.place("XA").map(|at| (at.x, at.y)), Some((150.0, 60.0)));
        assert_eq!(world.place("EG").map(|at| (at.x, at.y)), Some((211.0, 57.0)));
        assert_eq!(world.place("FR"), World::default().place("FR"));
        let names = ["ar", "fr"].map(|tag| world.name("XA", tag));
        assert_eq!((names, world.name("EG", "en")), ([Some("ألدرمير"), Some("Aldermere")], None));
    }

    #[test]
    fn the_land_is_small_enough_to_be_in_a_page() {
        assert!(LAND.lines().count() > 50 && land().len() < 20_000, "{}", land().len());
        assert!(land().chars().all(|c| c.is_ascii_digit() || "Mlz- ".contains(c)));
        assert_eq!(outline("-180,84 -179.5,84 -179.5,83"), "M0 0l 1 0 0 2z");
        assert_eq!(outline("179,0 180,0 -180,1 -179,1"), "M718 168l 2 0zM0 166l 2 0z", "no line across the map");
    }
}
