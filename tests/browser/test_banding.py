"""What the bench takes for painted: every village in the colour of its class, drawn as polygons or on a canvas."""

import pytest

from tests.bench import skrip

COLOURS, VILLAGES = ["#0072b2", "#e69f00"], 13
SHAPES = """(fills) => {
  const svg = document.body.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "svg"));
  for (const fill of fills) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("class", "leaflet-interactive");
    path.setAttribute("fill", fill);
    svg.append(path);
  }
}"""
RECOLOUR = """(fill) => document.querySelectorAll("path").forEach((path) => path.setAttribute("fill", fill))"""
CANVAS = """(fills) => {
  window.canvas ??= document.body.appendChild(document.createElement("canvas"));
  const drawing = window.canvas.getContext("2d");
  for (const fill of fills) {
    drawing.fillStyle = fill;
    drawing.fill();
  }
}"""
PENDING = """(name) => {
  const late = new Promise((done) => setTimeout(done, 200));
  return Promise.race([top.banding[name].then(() => "done"), late]);
}"""


@pytest.fixture
def page(browser):
    """An empty page that is watched."""
    context = browser.new_context()
    context.add_init_script(skrip.watch(COLOURS, VILLAGES))
    made = context.new_page()
    made.goto("about:blank")
    yield made
    context.close()


@pytest.mark.parametrize("draw", [SHAPES, CANVAS])
def test_painted_is_the_last_village_in_the_colour_of_a_class(page, draw):
    page.evaluate(draw, ["#0072B2"] * (VILLAGES - 1) + ["#ffffff"])
    assert page.evaluate(PENDING, "painted") is None
    page.evaluate(draw, ["#E69F00"] * VILLAGES)
    assert page.evaluate(PENDING, "painted") == "done"


def test_a_switch_ends_when_the_last_polygon_has_its_fill(page):
    page.evaluate(SHAPES, ["#0072B2"] * VILLAGES)
    page.evaluate(skrip.ARM)
    page.evaluate("""() => { document.querySelector("path").setAttribute("fill", "#E69F00"); }""")
    assert page.evaluate(PENDING, "filled") is None
    page.evaluate(RECOLOUR, "#E69F00")
    assert page.evaluate(PENDING, "filled") == "done"


def test_a_canvas_drawn_again_as_it_was_is_no_switch(page):
    page.evaluate(CANVAS, ["#0072B2"] * VILLAGES)
    page.evaluate(skrip.ARM)
    page.evaluate(CANVAS, ["#0072B2"] * VILLAGES)
    assert page.evaluate(PENDING, "filled") is None
    page.evaluate(CANVAS, ["#41b6c4"] * VILLAGES)
    assert page.evaluate(PENDING, "filled") == "done"
