package org.reg2rg.recipe;

import org.reg2rg.core.Progress;
import org.reg2rg.model.Generator;

/** Shows a report while it is made: a bar for the volumes, then the text as it is written, region by region. */
final class TerminalListener implements Generator.Listener {
    private static final String HEADING = "The region ";

    private final Progress progress;
    private final Progress.Style style;
    private final StringBuilder text = new StringBuilder();
    private int shown;

    TerminalListener(Progress progress, Progress.Style style) {
        this.progress = progress;
        this.style = style;
    }

    @Override
    public void encoded(int done, int total) {
        progress.advance();
        if (done == total) {
            progress.close();
        }
    }

    @Override
    public void written(String piece) {
        text.append(piece);
        if (style != Progress.Style.QUIET) {
            show(text.length() - HEADING.length());
        }
    }

    /** Shows the rest of the text. */
    void end() {
        if (style != Progress.Style.QUIET) {
            show(text.length());
            System.out.println();
        }
    }

    /** Prints up to {@code limit}, each region on a line of its own; the last few characters may begin a heading. */
    private void show(int limit) {
        while (shown < limit) {
            int heading = text.indexOf(HEADING, shown);
            if (heading == shown && shown > 0) {
                System.out.println();
            }
            int next = text.indexOf(HEADING, shown + 1);
            int end = next < 0 ? limit : Math.min(next, limit);
            System.out.print(text.substring(shown, Math.max(end, shown)));
            shown = Math.max(end, shown);
        }
        System.out.flush();
    }
}
