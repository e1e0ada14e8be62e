//! Notices under four eyes: what the approval of one person does to a notice that needs two.

use manara_model::{Tlp, needs_second};

use crate::notice::{Notice, NoticeState, Step, StepError};

/// Whether a notice may not leave yet, because its marking needs two people and not both have approved it. `above` is the strictest
/// marking for which one is enough.
pub(crate) fn lacks_second(above: Option<Tlp>, notice: &Notice) -> bool {
    needs_second(above, notice.tlp) && notice.seconded_by.is_empty()
}

/// The step that an approval by somebody is. `is_alone`: nobody else may approve it.
pub(crate) fn approval(above: Option<Tlp>, notice: &Notice, who: &str, is_alone: bool) -> Result<Step, StepError> {
    let needs_second = needs_second(above, notice.tlp);
    match notice.state {
        NoticeState::Draft if needs_second => Ok(Step::First),
        NoticeState::Waiting if needs_second && notice.approved_by.is_empty() => Ok(Step::First),
        NoticeState::Waiting if needs_second && notice.approved_by == who && !is_alone => Err(StepError::OwnApproval),
        NoticeState::Waiting if needs_second => Ok(Step::Second),
        // Where one person is enough by now, nothing is called a second approval that may be none.
        _ => Ok(Step::Approve),
    }
}

#[cfg(test)]
mod tests {
    use manara_model::{Micros, Tlp};

    use super::{approval, lacks_second};
    use crate::notice::{Notice, NoticeState as S, Step, StepError};

    fn notice(state: S, tlp: Tlp, approved_by: &str) -> Notice {
        let draft = Notice::draft("N-2026-000001".into(), "2026-01-15".into(), Micros(0));
        Notice { state, tlp, approved_by: approved_by.into(), ..draft }
    }

    #[test]
    fn two_different_people_approve_what_is_marked_strictly() {
        let above = Some(Tlp::Amber);
        for (state, tlp, first, who, is_alone, want) in [
            (S::Draft, Tlp::Amber, "", "amina", false, Ok(Step::Approve)),
            (S::Draft, Tlp::Red, "", "amina", false, Ok(Step::First)),
            (S::Draft, Tlp::Red, "", "amina", true, Ok(Step::First)),
            (S::Waiting, Tlp::Red, "amina", "amina", false, Err(StepError::OwnApproval)),
            (S::Waiting, Tlp::Red, "amina", "amina", true, Ok(Step::Second)),
            (S::Waiting, Tlp::Red, "amina", "bakary", false, Ok(Step::Second)),
            (S::Waiting, Tlp::Red, "", "amina", false, Ok(Step::First)),
            // The setting was made milder meanwhile.
            (S::Waiting, Tlp::Amber, "amina", "amina", false, Ok(Step::Approve)),
            (S::Waiting, Tlp::Amber, "amina", "bakary", false, Ok(Step::Approve)),
            (S::Waiting, Tlp::Amber, "", "amina", false, Ok(Step::Approve)),
            (S::Queued, Tlp::Red, "amina", "amina", false, Ok(Step::Approve)),
        ] {
            let one = notice(state, tlp, first);
            assert_eq!(approval(above, &one, who, is_alone), want, "{state:?} {tlp:?} {first} {who}");
        }
        let one = notice(S::Queued, Tlp::Red, "amina");
        assert!(lacks_second(above, &one) && !lacks_second(None, &one));
        assert!(!lacks_second(above, &Notice { seconded_by: "bakary".into(), ..one }));
    }
}
