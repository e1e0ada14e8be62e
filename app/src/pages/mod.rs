//! Pages that no single plane can make.

mod constituent;
mod digest;
mod home;
mod incidents;
mod picture;
mod profile;
pub mod research;
mod search;
mod setup;
mod tiles;
mod wall;

pub use constituent::{bounces_panel, standing_panel};

use std::sync::Arc;

use manara_constituency::sectors;
use manara_web::{Choice, Site, Visit};

use crate::house::House;
use crate::picture::World;
use crate::serving::Reload;
use crate::unread::Unread;

pub use incidents::{guests, import_desk, in_force, mail_desk, nation_days_off};

/// The pages of the house itself.
pub fn site(house: &House, reload: &Reload, unread: Unread) -> Site {
    let home = Arc::new(home::Home::new(house.clone(), unread));
    let world = World::with(&house.content_folder());
    let (watch, ingest) = (house.watch.clone(), house.ingest.clone());
    let room = picture::Room::new(house.db.clone(), watch, ingest, Arc::clone(&house.config), world);
    home::site(Arc::clone(&home))
        .merge(wall::site(home))
        .merge(picture::site(Arc::new(room)))
        .merge(search::site(house.db.clone()))
        .merge(research::site(house))
        .merge(setup::site(house, reload))
        .merge(profile::site(house, reload))
}

/// The sectors of the constituency in the reader's words, for the list of findings; the last is of those who left it.
pub fn sector_choices(visit: &Visit) -> Vec<Choice> {
    let choice = |id: &str, label: String| Choice { value: id.to_string(), label };
    let known = sectors()
        .entries()
        .iter()
        .map(|entry| choice(&entry.id, sectors().title(&entry.id, visit.lang.tag()).to_string()));
    known.chain([choice("none", visit.t("picture-no-sector"))]).collect()
}
