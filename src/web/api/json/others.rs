//! What every reader does with a value of another kind than it asks for.

/// The visits of values of another kind than asked for: they are skipped, and `other` notes them.
macro_rules! others {
    ($($kind:ident)*) => { $(others!(@ $kind);)* };
    (@ scalars) => {
        others!(@@ visit_bool: bool);
        others!(@@ visit_i64: i64);
        others!(@@ visit_u64: u64);
        others!(@@ visit_f64: f64);
    };
    (@ null) => {
        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(self.other())
        }
    };
    (@ text) => {
        others!(@@ visit_str: &str);
    };
    (@ list) => {
        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            Ok(self.other())
        }
    };
    (@ object) => {
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            Ok(self.other())
        }
    };
    (@@ $visit:ident: $kind:ty) => {
        fn $visit<E>(self, _other: $kind) -> Result<Self::Value, E> {
            Ok(self.other())
        }
    };
}

pub(super) use others;
