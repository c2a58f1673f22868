"""Formulas as pictures made beforehand (SVG), so that a page needs neither a script nor a font to show them.

MathJax sets them in the browser that also draws the figures. Each glyph is stored once a page; the formula as MathML stands beside
its picture for whoever listens to the page or copies from it.
"""
import subprocess

from course import HOME, Failure

MATHJAX = HOME / "target" / "mathjax" / "tex-svg.js"

# What MathJax would load later, or would show in red, is an error here.
SET_UP = """() => { window.MathJax = {
  startup: {typeset: false},
  svg: {fontCache: 'global'},
  tex: {packages: {'[-]': ['autoload', 'require', 'noundefined', 'noerrors']}, formatError: (_, error) => { throw error; }},
  options: {enableMenu: false, enableAssistiveMml: false}}; }"""

SET = """formulas => {
  const cache = MathJax.startup.output.fontCache;
  cache.clearCache();
  const made = formulas.map(([tex, display]) => {
    try {
      const svg = MathJax.tex2svg(tex, {display}).querySelector('svg');
      const depth = svg.style.verticalAlign || '0';
      svg.removeAttribute('style');
      svg.removeAttribute('role');
      svg.setAttribute('aria-hidden', 'true');
      return {svg: svg.outerHTML, depth, mathml: MathJax.tex2mml(tex, {display}).replace(/>\\s+</g, '><')};
    } catch (error) {
      return {error: error.message};
    }
  });
  return [made, cache.getCache().outerHTML];
}"""


def fetched():
    """The path of MathJax; Maven unpacks the version that pom.xml pins."""
    if not MATHJAX.exists():
        try:
            done = subprocess.run(["mvn", "-q", "-B", "dependency:unpack@mathjax"], cwd=HOME, stdin=subprocess.DEVNULL, text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        except OSError as problem:
            raise Failure(f"MathJax, which sets the formulas, is fetched by Maven, and Maven did not start: {problem}.") from problem
        if done.returncode or not MATHJAX.exists():
            said = next((line for line in done.stdout.splitlines() if "ERROR" in line), "")
            raise Failure("MathJax, which sets the formulas, could not be fetched with Maven. The first site needs a network once. " + said[:300])
    return MATHJAX


class Formulas:
    """Sets the formulas of one page after the other."""

    def __init__(self, browser):
        script = fetched()
        context = browser.new_context()
        context.route("**/*", lambda route: route.abort())
        self.page = context.new_page()
        self.page.set_content("<!doctype html><html><body></body></html>")
        self.page.evaluate(SET_UP)
        self.page.add_script_tag(path=str(script))
        self.page.evaluate("() => MathJax.startup.promise")

    def page_of(self, formulas, where):
        """Of [(tex, display), ...] the HTML of each, and that of the glyphs which the page needs once."""
        if not formulas:
            return [], ""
        made, glyphs = self.page.evaluate(SET, [[tex.strip(), display] for tex, display in formulas])
        html = []
        for (tex, display), formula in zip(formulas, made):
            if "error" in formula:
                raise Failure(f"{where}: the formula {tex.strip()!r} cannot be set: {formula['error']}.")
            html.append(f'<span class="math{" display" if display else ""}" style="vertical-align:{formula["depth"]}">'
                        f'{formula["svg"]}<span class="mml">{formula["mathml"]}</span></span>')
        return html, f'<svg class="glyphs" aria-hidden="true">{glyphs}</svg>'
