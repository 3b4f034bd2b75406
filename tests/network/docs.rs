//! The printed table is that of the code.

#[test]
fn the_page_of_networks_prints_the_table() {
    let page = include_str!("../../src/guide/networks.md");
    let table = emvqr::network::Markdown.to_string();
    assert!(page.ends_with(&table), "`emvqr networks` prints it anew: replace the tables of src/guide/networks.md");
}
