package org.reg2rg.cohort;

/** What a voxel belongs to; decides region masks and what may be drawn over what. */
enum Tissue {
    OUTSIDE,
    WALL,
    BONE,
    LUNG,
    LUNG_VESSEL,
    LUNG_AIRWAY,
    AIRWAY,
    HEART,
    MEDIASTINUM,
    GREAT_VESSEL,
    OESOPHAGUS,
    THYROID,
    BREAST,
    ABDOMEN,
    PLEURAL_FLUID;

    final byte code = (byte) ordinal();
    final int bit = 1 << ordinal();

    /** Everything that lies within the lung's outline. */
    static final int IN_LUNG = LUNG.bit | LUNG_VESSEL.bit | LUNG_AIRWAY.bit;

    static final int ANY = -1;
    static final int IN_BODY = ~OUTSIDE.bit;
}
