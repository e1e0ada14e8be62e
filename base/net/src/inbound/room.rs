//! The memory that messages of all sessions share.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What is left of it.
#[derive(Debug, Clone)]
pub(super) struct Room(Arc<AtomicUsize>);

impl Room {
    pub(super) fn new(bytes: usize) -> Self {
        Room(Arc::new(AtomicUsize::new(bytes)))
    }

    /// A share of nothing, which can grow.
    pub(super) fn share(&self) -> Share {
        Share { room: self.clone(), bytes: 0 }
    }
}

/// A part of the room, given back when it is dropped.
#[derive(Debug)]
pub(super) struct Share {
    room: Room,
    bytes: usize,
}

impl Share {
    /// Whether there was room to become so large.
    pub(super) fn grow_to(&mut self, bytes: usize) -> bool {
        let more = bytes.saturating_sub(self.bytes);
        let take = |left: usize| left.checked_sub(more);
        let is_taken = self.room.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok();
        if is_taken {
            self.bytes += more;
        }
        is_taken
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.room.0.fetch_add(self.bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::Room;

    #[test]
    fn shares_never_exceed_the_room_and_come_back() {
        let room = Room::new(10);
        let mut one = room.share();
        let mut two = room.share();
        assert!(one.grow_to(6) && one.grow_to(3) && two.grow_to(4));
        assert!(!two.grow_to(5), "six and five are more than ten");
        drop(one);
        assert!(two.grow_to(10) && !two.grow_to(11));
    }
}
