package org.reg2rg.core;

/** Text in HTML. */
public final class Html {
    private Html() {}

    /** The text with the signs of HTML written out, fit for content and quoted attributes. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
