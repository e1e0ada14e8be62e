//! Pages, cut from the sheet.

use std::rc::Rc;

use super::strip::{ROOM, Strip};

/// A strip on a page, and how far it is from the upper edge of what stands on it.
pub struct Placed {
    /// The strip.
    pub strip: Rc<Strip>,
    /// How far down.
    pub y: f32,
}

/// The strips on pages, in order. `None` begins a new page where something stands on this one; there is one page at least.
pub fn pages(strips: Vec<Option<Strip>>) -> Vec<Vec<Placed>> {
    let mut cutter = Cutter { pages: vec![Vec::new()], y: 0.0 };
    let mut together = Vec::new();
    for strip in strips {
        let goes_on = strip.as_ref().is_some_and(|strip| strip.keeps_next);
        let is_break = strip.is_none();
        together.extend(strip);
        if !goes_on {
            cutter.put(std::mem::take(&mut together));
        }
        if is_break {
            cutter.turn();
        }
    }
    cutter.put(together);
    if cutter.pages.len() > 1 && cutter.pages.last().is_some_and(Vec::is_empty) {
        cutter.pages.pop();
    }
    cutter.pages
}

struct Cutter {
    pages: Vec<Vec<Placed>>,
    y: f32,
}

impl Cutter {
    /// Begins a new page, unless this one is empty.
    fn turn(&mut self) {
        if self.pages.last().is_some_and(|page| !page.is_empty()) {
            self.pages.push(Vec::new());
            self.y = 0.0;
        }
    }

    /// Strips that stay together, if a page can hold them.
    fn put(&mut self, strips: Vec<Strip>) {
        let height: f32 = strips.iter().map(|strip| strip.gap + strip.height).sum();
        if self.y + height > ROOM && height <= ROOM {
            self.turn();
        }
        for strip in strips {
            if self.y > 0.0 && self.y + strip.gap + strip.height > ROOM {
                self.turn();
            }
            if self.y == 0.0 {
                if let Some(head) = &strip.head {
                    self.place(Rc::clone(head), 0.0);
                }
                self.place(Rc::new(strip), 0.0);
            } else {
                let gap = strip.gap;
                self.place(Rc::new(strip), gap);
            }
        }
    }

    fn place(&mut self, strip: Rc<Strip>, gap: f32) {
        let y = self.y + gap;
        self.y = y + strip.height;
        if let Some(page) = self.pages.last_mut() {
            page.push(Placed { strip, y });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::pages;
    use crate::pdf::strip::{ROOM, Strip};

    fn strip(height: f32, keeps_next: bool) -> Option<Strip> {
        Some(Strip { gap: 10.0, height, keeps_next, ..Strip::default() })
    }

    fn heights(strips: Vec<Option<Strip>>) -> Vec<Vec<f32>> {
        let of = |page: &Vec<super::Placed>| page.iter().map(|placed| placed.strip.height).collect();
        pages(strips).iter().map(of).collect()
    }

    #[test]
    fn a_heading_goes_with_what_follows_it() {
        let most = ROOM - 50.0;
        assert_eq!(
            heights(vec![strip(most, false), strip(20.0, true), strip(30.0, false)]),
            [vec![most], vec![20.0, 30.0]]
        );
        assert_eq!(heights(vec![strip(most, false), strip(20.0, false)]), [[most, 20.0]]);
        assert_eq!(heights(vec![strip(20.0, true)]), [[20.0]], "the last one has nothing to keep");
    }

    #[test]
    fn what_is_too_high_to_stay_together_is_parted_and_empty_pages_are_not_made() {
        let many = (0..4).map(|_| strip(ROOM * 0.4, true)).collect();
        assert_eq!(heights(many), vec![vec![ROOM * 0.4; 2]; 2]);
        assert_eq!(heights(vec![strip(ROOM * 2.0, false), strip(1.0, false)]), [[ROOM * 2.0], [1.0]]);
        assert_eq!(heights(vec![None, None, strip(1.0, false), None, None]), [[1.0]]);
        assert_eq!(heights(Vec::new()), [Vec::<f32>::new()], "there is one page at least");
    }

    #[test]
    fn the_head_of_a_table_is_said_again_on_the_next_page() {
        let head = Some(Rc::new(Strip { height: 5.0, ..Strip::default() }));
        let row = || Some(Strip { height: ROOM * 0.6, head: head.clone(), ..Strip::default() });
        let most = ROOM * 0.6;
        assert_eq!(heights(vec![strip(5.0, true), row(), row()]), [[5.0, most], [5.0, most]]);
    }
}
