//! What tasks and lines are called in a language.

use manara_web::{Lang, Words};

use super::{Line, Part, Task};
use crate::blocks::Blocks;

/// The words of one language for what a programme is made of.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// The blocks, which have names of their own.
    pub blocks: &'a Blocks,
    /// The messages.
    pub words: &'a Words,
    /// The language.
    pub lang: Lang,
}

impl Names<'_> {
    /// A message.
    pub fn t(&self, key: &str) -> String {
        self.words.t(self.lang, key)
    }

    /// The name of a task.
    pub fn task(&self, task: &Task) -> String {
        match task.part {
            Part::Block => {
                let known = self.blocks.get(&task.block);
                known.map_or(task.block.as_str(), |block| block.name.of(self.lang.tag())).to_string()
            }
            Part::Own => task.name.clone(),
            part => self.t(&format!("programme-part-{}", part.as_str())),
        }
    }

    /// What is there when it is done.
    pub fn deliverable(&self, task: &Task) -> String {
        match task.part {
            Part::Block => {
                let known = self.blocks.get(&task.block).and_then(|block| block.deliverable.as_ref());
                known.map_or("", |text| text.of(self.lang.tag())).to_string()
            }
            Part::Own => task.deliverable.clone(),
            part => self.t(&format!("programme-part-{}-gives", part.as_str())),
        }
    }

    /// The name of a role.
    pub fn role(&self, id: &str) -> String {
        self.blocks.role(id, self.lang.tag()).to_string()
    }

    /// The names of the roles of a task.
    pub fn roles(&self, task: &Task) -> Vec<String> {
        task.roles.iter().map(|role| self.role(role)).collect()
    }

    /// Who pays, in words.
    pub fn payer(&self, payer: &str) -> String {
        match payer {
            "member-state" | "donor" | "itu" => self.t(&format!("framework-payer-{payer}")),
            _ => self.t("framework-payer-nobody"),
        }
    }

    /// What a line says.
    pub fn line(&self, line: &Line) -> String {
        match (line.code.as_str(), line.text.as_str()) {
            ("", _) => line.text.clone(),
            (_, "") => self.usual_line(line),
            (_, corrected) => corrected.to_string(),
        }
    }

    /// What a usual line says as long as nobody corrects it; nothing for one that somebody wrote.
    pub fn usual_line(&self, line: &Line) -> String {
        match line.code.as_str() {
            "" => String::new(),
            code => self.t(&format!("programme-item-{}-{code}", line.kind.as_str())),
        }
    }
}
