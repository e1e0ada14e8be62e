//! Tickets of RTIR, as they are imported: each record is read or refused with a reason, and none is later than today.

#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use manara_model::{Micros, Tlp};
use manara_response::import::{Format, Queue, Reading, records};

fuzz_target!(|data: &[u8]| {
    let now = Micros(1_790_000_000_000_000);
    let queues = vec![("1".to_string(), Queue::Incidents)];
    let reading = Reading { format: Format::Rtir, tlp: Tlp::Amber, queues, now };
    for record in records(Cursor::new(data.to_vec()), reading) {
        match record {
            Ok(Ok(one)) => assert!(one.created <= now && one.created <= one.changed && one.changed <= now),
            Ok(Err(refused)) => assert!(!refused.why.is_empty()),
            Err(_) => break,
        }
    }
});
