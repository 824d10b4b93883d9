package dev.vorrang.ingest.mail;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Element;

/**
 * What decides whether text in an element can be seen: inherited from the element around it, changed by its own attributes.
 *
 * @param gone nothing in the element shows, whatever the elements within say
 * @param zeroFont text has no size, unless an element within gives it one: a wrapper with font-size:0 is an honest layout trick
 * @param invisible visibility:hidden, unless an element within is visible again
 * @param color text colour in a canonical form, empty if unknown
 * @param background background colour in a canonical form, empty if unknown
 */
record HtmlStyle(boolean gone, boolean zeroFont, boolean invisible, String color, String background) {
    private static final String WHITE = "#ffffff";
    /** Mail programs write a few hundred characters. */
    private static final int MAX_DECLARATIONS = 4_000;

    private static final Map<String, String> COLORS =
            Map.of("white", WHITE, "rgb(255,255,255)", WHITE, "black", "#000000", "rgb(0,0,0)", "#000000");

    /**
     * Around the document.
     *
     * @param backgroundUnknown whether a style sheet may colour the background, so that it is not known to be white
     */
    static HtmlStyle initial(boolean backgroundUnknown) {
        return new HtmlStyle(false, false, false, "#000000", backgroundUnknown ? "" : WHITE);
    }

    boolean hidesText() {
        return gone || zeroFont || invisible || (!color.isEmpty() && color.equals(background));
    }

    /** The style of an element inside one of this style. */
    HtmlStyle within(Element element) {
        if (element.attributesSize() == 0) {
            return this;
        }
        HtmlStyle style = this;
        if (element.hasAttr("hidden")) {
            style = style.asGone();
        }
        if (element.hasAttr("color")) {
            style = style.withColor(element.attr("color"));
        }
        if (element.hasAttr("bgcolor")) {
            style = style.withBackground(element.attr("bgcolor"));
        }
        if (element.hasAttr("background")) {
            style = style.withBackground("");
        }
        return element.hasAttr("style") ? style.declaring(element.attr("style")) : style;
    }

    /** This style with CSS declarations applied. */
    HtmlStyle declaring(String declarations) {
        HtmlStyle style = this;
        for (String declaration : CleanText.cut(declarations, MAX_DECLARATIONS)
                .toLowerCase(Locale.ROOT)
                .split(";")) {
            int colon = declaration.indexOf(':');
            if (colon > 0) {
                String value = declaration
                        .substring(colon + 1)
                        .replace("!important", "")
                        .strip();
                style = style.declared(declaration.substring(0, colon).strip(), value);
            }
        }
        return style;
    }

    private HtmlStyle declared(String property, String value) {
        return switch (property) {
            case "display" -> value.equals("none") ? asGone() : this;
            case "mso-hide" -> value.equals("all") ? asGone() : this;
            case "opacity" -> isZero(value) ? asGone() : this;
            case "visibility" -> new HtmlStyle(gone, zeroFont, !value.equals("visible"), color, background);
            case "font-size" -> new HtmlStyle(gone, isZero(value), invisible, color, background);
            case "color" -> withColor(value);
            case "background-color", "background" -> withBackground(value);
            default -> this;
        };
    }

    private HtmlStyle asGone() {
        return new HtmlStyle(true, zeroFont, invisible, color, background);
    }

    private HtmlStyle withColor(String value) {
        return new HtmlStyle(gone, zeroFont, invisible, canonical(value).orElse(""), background);
    }

    private HtmlStyle withBackground(String value) {
        return value.equals("transparent")
                ? this
                : new HtmlStyle(
                        gone, zeroFont, invisible, color, canonical(value).orElse(""));
    }

    /** Zero in any unit: 0, 0px, 0.0em, 0%. */
    private static boolean isZero(String value) {
        int i = 0;
        while (i < value.length() && (value.charAt(i) == '0' || value.charAt(i) == '.')) {
            i++;
        }
        return i > 0 && (i == value.length() || !Character.isDigit(value.charAt(i)));
    }

    private static Optional<String> canonical(String value) {
        String color = value.strip().toLowerCase(Locale.ROOT).replace(" ", "");
        if (color.startsWith("#") && color.length() == 4) {
            char r = color.charAt(1);
            char g = color.charAt(2);
            char b = color.charAt(3);
            return Optional.of("#" + r + r + g + g + b + b);
        }
        if (color.startsWith("#") && color.length() == 7) {
            return Optional.of(color);
        }
        return Optional.ofNullable(COLORS.get(color));
    }
}
