package org.reg2rg.evaluate.published;

import java.util.List;

/**
 * Figures that belong together.
 *
 * @param source which released files they come from and are compared with
 */
record Section(String title, String source, List<Figure> figures) {}
