//! Pages that no single plane can make.

mod constituent;
mod home;
mod incidents;
mod search;

pub use constituent::{bounces_panel, standing_panel};

use std::sync::Arc;

use manara_web::Site;

use crate::house::House;

pub use incidents::guests;

/// The pages of the house itself.
pub fn site(house: &House) -> Site {
    home::site(Arc::new(home::Home::new(house.db.clone(), house.watch.clone()))).merge(search::site(house.db.clone()))
}
