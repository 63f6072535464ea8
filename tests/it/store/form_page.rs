//! The pages that forms were sent from.

use ayeaye::{
    domain::id::FormId,
    store::form_page::{self, FormPage},
};

use super::{World, at};
use crate::support::database::both;

fn seen(page: &str, version: &str, first: i64, last: i64) -> FormPage {
    FormPage { page: page.to_owned(), version: version.to_owned(), first_at: at(first), last_at: at(last) }
}

both! {
    async fn a_page_keeps_when_it_was_first_seen_and_the_version_seen_last(world: World) {
        let (form, other) = (FormId::new(&world.random), FormId::new(&world.random));
        let put = async |form, page: &str, version: &str, now| {
            world.put(|batch| form_page::put(batch, world.tenant, form, page, version, at(now))).await;
        };
        put(form, "https://shop.example/a", "1.x", 10).await;
        put(form, "https://shop.example/b", "1.x", 20).await;
        put(form, "https://shop.example/a", "2.y", 30).await;
        put(other, "https://shop.example/c", "1.z", 40).await;
        let mut peek = world.peek().await;
        let found = form_page::of_form(&mut peek, world.tenant, form).await.unwrap();
        assert_eq!(found, [seen("https://shop.example/a", "2.y", 10, 30), seen("https://shop.example/b", "1.x", 20, 20)]);
        assert_eq!(form_page::of_form(&mut peek, world.neighbour, form).await.unwrap(), []);
    }

    async fn a_form_has_five_hundred_pages_and_those_it_has_go_on(world: World) {
        let form = FormId::new(&world.random);
        for number in 0..510 {
            let page = format!("https://shop.example/{number}");
            world.put(|batch| form_page::put(batch, world.tenant, form, &page, "1.x", at(number))).await;
        }
        world.put(|batch| form_page::put(batch, world.tenant, form, "https://shop.example/0", "2.y", at(999))).await;
        let found = form_page::of_form(&mut world.peek().await, world.tenant, form).await.unwrap();
        assert_eq!(found.len(), 500);
        assert_eq!(found[0], seen("https://shop.example/0", "2.y", 0, 999));
    }
}
