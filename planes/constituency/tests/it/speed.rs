//! Ten thousand networks in one file. The times are printed (`-- --nocapture`), not judged.

use std::fmt::Write as _;
use std::time::Instant;

use manara_constituency::{ImportOptions, load_ownership};

use crate::{counts, on_both, take};

#[test]
fn ten_thousand_networks_are_imported_and_answer() {
    let mut text = String::from("cidr,asn,org,sector,abuse_contact\n");
    for at in 0..10_000u32 {
        let org = at / 3;
        let asn = 4_200_000_000u32 + org;
        let _ =
            writeln!(text, "10.{}.{}.0/24,{asn},Organisation {org},Energy,abuse@as{asn}.example", at >> 8, at & 255);
    }
    on_both(|db| {
        let text = text.clone();
        async move {
            let begun = Instant::now();
            let report = take(&db, &text, &ImportOptions::default()).await;
            let first = begun.elapsed();
            assert_eq!(counts(&report), [10_000, 3_334, 0, 0, 0]);
            let begun = Instant::now();
            assert_eq!(counts(&take(&db, &text, &ImportOptions::default()).await), [10_000, 0, 0, 3_334, 0]);
            let again = begun.elapsed();
            let begun = Instant::now();
            let owners = load_ownership(&db).await.unwrap();
            let engine = db.engine();
            println!(
                "{engine:?}: 10,000 networks imported in {first:?}, again {again:?}, ownership read in {:?}",
                begun.elapsed()
            );
            for at in [0u32, 7, 9_999] {
                let address = 0x0A00_0000 + at * 256 + 17;
                let owner = owners.owner_of_v4(address).and_then(|index| owners.constituent(index)).unwrap();
                assert_eq!(owner.name, format!("Organisation {}", at / 3));
            }
        }
    });
}
