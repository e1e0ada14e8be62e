//! The elements of a document, for who hears it instead of seeing it.

use krilla::tagging::{Identifier, Node, TagGroup, TagKind, TagTree};

/// The elements, each after the one it belongs to.
#[derive(Default)]
pub struct Tags {
    elements: Vec<Element>,
}

struct Element {
    tag: TagKind,
    within: Option<usize>,
    /// What was drawn for it, in order.
    drawn: Vec<Identifier>,
}

impl Tags {
    /// A new element of the document itself.
    pub fn add(&mut self, tag: impl Into<TagKind>) -> usize {
        self.push(tag.into(), None)
    }

    /// A new element within another.
    pub fn within(&mut self, whole: usize, tag: impl Into<TagKind>) -> usize {
        self.push(tag.into(), Some(whole))
    }

    fn push(&mut self, tag: TagKind, within: Option<usize>) -> usize {
        self.elements.push(Element { tag, within, drawn: Vec::new() });
        self.elements.len() - 1
    }

    /// Something was drawn for an element.
    pub fn drawn(&mut self, element: usize, what: Identifier) {
        if let Some(element) = self.elements.get_mut(element) {
            element.drawn.push(what);
        }
    }

    /// The tree: of each element first what was drawn for it, then the elements within it.
    pub fn tree(self, lang: &str) -> TagTree {
        let mut nodes: Vec<(Option<usize>, TagGroup)> = Vec::new();
        for element in self.elements {
            let drawn = element.drawn.into_iter().map(Node::from).collect();
            nodes.push((element.within, TagGroup::with_children(element.tag, drawn)));
        }
        // From the last to the first: an element is whole before it is put into its own. Its parts come in from behind.
        let mut tree = TagTree::new().with_lang(Some(lang.to_string()));
        let mut whole = Vec::new();
        while let Some((within, mut group)) = nodes.pop() {
            turned(&mut group);
            match within.and_then(|at| nodes.get_mut(at)) {
                Some((_, outer)) => outer.children.push(group.into()),
                None => whole.push(group),
            }
        }
        whole.into_iter().rev().for_each(|group| tree.push(group));
        tree
    }
}

/// Puts the elements within an element into the order they were added in.
fn turned(group: &mut TagGroup) {
    let first = group.children.iter().position(|node| matches!(node, Node::Group(_))).unwrap_or(group.children.len());
    if let Some(groups) = group.children.get_mut(first..) {
        groups.reverse();
    }
}
