package org.reg2rg.ct.dicom;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What the files of a series say of it.
 *
 * @param identity which series
 * @param kind what sort of object
 * @param reconstruction how the images were computed
 * @param person whom it shows; printed only on request
 */
record SeriesFacts(Identity identity, Kind kind, Reconstruction reconstruction, Person person) {
    /**
     * @param uid Series Instance UID, or {@code no-uid} where the file has none
     * @param study Study Instance UID
     * @param number Series Number
     */
    record Identity(String uid, String study, OptionalInt number) {}

    /**
     * @param modality such as CT
     * @param sopClass UID
     * @param imageType values joined by a backslash
     * @param syntax transfer syntax
     */
    record Kind(String modality, String sopClass, String imageType, String syntax) {}

    /**
     * @param description free text, without the patient's name
     * @param kernel convolution kernel
     * @param bodyPart body part examined
     * @param scanner maker and model
     */
    record Reconstruction(String description, String kernel, String bodyPart, String scanner) {}

    /** Identifiers as they stand in the file. */
    record Person(String name, String id, String birthDate, String studyDate) {}

    static final String NO_UID = "no-uid";

    static SeriesFacts of(DicomData data, TransferSyntax syntax) {
        var person = new Person(
                data.text(Tag.PATIENT_NAME).orElse(""),
                data.text(Tag.PATIENT_ID).orElse(""),
                data.text(Tag.PATIENT_BIRTH_DATE).orElse(""),
                data.text(Tag.STUDY_DATE).orElse(""));
        var identity = new Identity(
                printable(data.text(Tag.SERIES_UID).orElse(NO_UID)),
                printable(data.text(Tag.STUDY_UID).orElse("")),
                data.integer(Tag.SERIES_NUMBER));
        var kind = new Kind(
                printable(data.text(Tag.MODALITY).orElse("?")),
                printable(data.text(Tag.SOP_CLASS).orElse("")),
                printable(String.join("\\", data.texts(Tag.IMAGE_TYPE))),
                syntax.toString());
        String kernel = data.text(Tag.CONVOLUTION_KERNEL)
                .or(() -> groups(data).first(Tag.CT_RECONSTRUCTION_SEQUENCE).text(Tag.CONVOLUTION_KERNEL))
                .orElse("");
        var reconstruction = new Reconstruction(
                withoutPerson(data.text(Tag.SERIES_DESCRIPTION).orElse(""), person),
                printable(kernel),
                printable(data.text(Tag.BODY_PART).orElse("")),
                printable((data.text(Tag.MANUFACTURER).orElse("") + " "
                                + data.text(Tag.MODEL_NAME).orElse(""))
                        .strip()));
        return new SeriesFacts(identity, kind, reconstruction, person);
    }

    private static DicomData groups(DicomData data) {
        return data.first(Tag.SHARED_FUNCTIONAL_GROUPS);
    }

    /** Descriptions are free text, and names do get into them. */
    static String withoutPerson(String text, Person person) {
        String clean = printable(text);
        for (String word : (person.name() + "^" + person.id()).split("[\\^=\\s,]+")) {
            if (word.length() >= 3) {
                clean = Pattern.compile(Pattern.quote(word), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .matcher(clean)
                        .replaceAll("[removed]");
            }
        }
        return clean;
    }

    /** One short line, whatever the file holds: no control characters reach the terminal. */
    static String printable(String text) {
        String line = text.replaceAll("\\p{C}", " ").strip();
        return line.length() <= 80 ? line : line.substring(0, 79) + "…";
    }

    boolean isCt() {
        return kind.modality.toUpperCase(Locale.ROOT).equals("CT");
    }
}
