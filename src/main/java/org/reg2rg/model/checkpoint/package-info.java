/** Published checkpoints in and out: which key is which weight, what a config must say, and folders of both kinds. */
@NullMarked
package org.reg2rg.model.checkpoint;

import org.jspecify.annotations.NullMarked;
