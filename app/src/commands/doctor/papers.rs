//! Printing: whether documents can be printed as PDF, and the public description of the team.

use manara_document::Printer;
use manara_model::Micros;

use super::{Findings, Patient};
use crate::profile::DAYS;

/// The fonts PDFs are set in.
pub fn fonts(patient: &Patient, findings: &mut Findings) {
    let content = patient.config.content_folder.clone().unwrap_or_else(|| patient.data.join("content"));
    let folder = content.join("fonts");
    let printer = Printer::new(Some(folder.clone()));
    let fonts = printer.fonts();
    let missing = fonts.missing();
    let mend = format!("apt-get install fonts-noto-core, or put a font file into {}", folder.display());
    let found = match (missing.is_empty(), fonts.has_bold()) {
        (true, true) => return findings.ok("PDF fonts", fonts.families().join(", ")),
        (true, false) => "no bold font was found: headings look like text".to_string(),
        (false, _) => {
            format!("no font with {} letters was found: documents can't be printed as PDF", missing.join(", "))
        }
    };
    findings.warn("PDF fonts", found, mend);
}

/// The public description, once it is published: somebody has to read it through within a year.
pub fn profile(patient: &Patient, findings: &mut Findings) {
    let config = &patient.config.profile;
    if !config.published {
        return findings.ok("public description", "not published");
    }
    let reviewed = Micros::parse_rfc3339(&format!("{}T00:00:00Z", config.reviewed));
    let found = match reviewed {
        None => "it is published, and nobody said when it was read through: there is no security.txt".to_string(),
        Some(day) if day.plus_days(DAYS) < patient.now => {
            format!("it was read through on {}: security.txt has expired", config.reviewed)
        }
        Some(_) => return findings.ok("public description", format!("read through on {}", config.reviewed)),
    };
    findings.warn("public description", found, "manara rfc2350 shows it; then set reviewed in [profile] of cirt.toml");
}
