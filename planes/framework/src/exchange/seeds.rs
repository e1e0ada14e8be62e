//! The seeds of the fuzzers, and what comes of them when bytes are changed: a table or an error a person understands.

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;

use super::grid::{GridError, read_grid};
use super::{read_answers, read_library, write_library};
use crate::catalogue::Catalogue;
use crate::check::read_catalogue;

/// The bytes of each seed of a target, by its name.
fn seeds(target: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
    let seeds = std::fs::read_dir(folder).expect("the seeds").flatten();
    let read = seeds.map(|seed| {
        let name = seed.file_name().to_string_lossy().into_owned();
        (name, std::fs::read(seed.path()).expect("a seed"))
    });
    read.collect()
}

fn boats() -> Catalogue {
    let text = "format: 1\nref_id: boats\nrule: minima\nname: Boats\nscale: [{value: 0, name: No}, {value: 1, name: Yes}]\n\
        items:\n- {ref_id: H-1, assessable: true, name: Planks}\n- {ref_id: H-2, assessable: true, name: Keel}\n";
    read_catalogue("boats.yaml", text).expect("a catalogue")
}

#[test]
fn every_seed_of_the_workbook_fuzzer_is_read() {
    let (boats, seeds) = (boats(), seeds("workbook"));
    let rows = |name: &str| read_grid(&seeds[name]).map(|grid| grid.len());
    for name in ["shared", "inline", "stored", "two-sheets", "formulas"] {
        let (taken, refused) = read_answers(&boats, &seeds[name]).unwrap_or_else(|why| panic!("{name}: {why:?}"));
        assert_eq!((taken.len(), refused.len()), (2, 0), "{name}: {refused:?}");
        assert!(rows(name).is_ok_and(|rows| rows >= 3), "{name}");
    }
    for name in ["truncated", "doctype", "no-sheet", "not-utf8"] {
        assert!(matches!(rows(name), Err(GridError::Damaged(_))), "{name}: {:?}", rows(name));
    }
    assert_eq!(rows("amplified"), Err(GridError::TooLarge));
    assert_eq!((rows("semicolons"), rows("latin1-csv")), (Ok(3), Err(GridError::Unknown)));
    assert!(seeds.len() >= 12, "{:?}", seeds.keys());
    // Whatever was refused is told in a few words.
    for bytes in seeds.values() {
        if let Err(why) = read_answers(&boats, bytes) {
            assert!(why.reason.chars().count() < 300, "{why:?}");
        }
    }
}

#[test]
fn every_seed_of_the_library_fuzzer_is_read() {
    let mut taken = Vec::new();
    for (name, bytes) in seeds("library") {
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        match read_library("seed.yaml", text) {
            Ok(imported) => {
                let again = read_library("again.yaml", &write_library(&imported.catalogue)).expect("what we write");
                assert_eq!(again.catalogue.hash, imported.catalogue.hash, "{name}");
                taken.push(name);
            }
            Err(troubles) => assert!(!troubles.is_empty() && troubles.iter().all(|one| !one.what.is_empty()), "{name}"),
        }
    }
    assert_eq!(taken, ["boats", "list", "translated"], "the others are wrong, each in its own way");
    assert!(seeds("library").len() >= 8);
}

/// A seed with some bytes changed, cut somewhere.
fn changed(target: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let all: Vec<Vec<u8>> = seeds(target).into_values().filter(|seed| seed.len() < 20_000).collect();
    let places = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12);
    (prop::sample::select(all), places, any::<prop::sample::Index>(), any::<bool>()).prop_map(
        |(mut seed, places, end, is_cut)| {
            for (at, byte) in places {
                let at = at.index(seed.len());
                seed[at] = byte;
            }
            if is_cut {
                seed.truncate(end.index(seed.len()));
            }
            seed
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn a_changed_workbook_is_a_table_or_an_error(bytes in changed("workbook")) {
        if let Ok(grid) = read_grid(&bytes) {
            prop_assert!(grid.iter().all(|(_, row)| row.len() <= 64));
        }
        let boats = boats();
        if let Ok((taken, _)) = read_answers(&boats, &bytes) {
            prop_assert!(taken.iter().all(|row| boats.item(&row.given.item).is_some()));
        }
    }

    #[test]
    fn a_changed_library_is_a_catalogue_or_an_error(bytes in changed("library")) {
        let Ok(text) = std::str::from_utf8(&bytes) else { return Ok(()) };
        if let Ok(imported) = read_library("x.yaml", text) {
            let back = read_catalogue(&format!("{}.yaml", imported.catalogue.id()), &imported.yaml);
            prop_assert!(back.is_ok_and(|back| back.hash == imported.catalogue.hash));
        }
    }
}
