/**
 * Reg2RG: its parts, how they are built from a config, its folder on disk, and the text it writes.
 *
 * <p>Letters of shapes, the same everywhere: {@code b} batch · {@code r} regions · {@code c} channels · {@code x y z}
 * volume axes (published: H, W, slices) · {@code p} patches · {@code q} latents (32) · {@code e} vision width (768) ·
 * {@code g} geometry width (255) · {@code n} text length · {@code d} width of the language model (4096) · {@code h}
 * heads · {@code k} head width · {@code f} feed-forward width · {@code v} vocabulary.
 */
@NullMarked
package org.reg2rg.model;

import org.jspecify.annotations.NullMarked;
