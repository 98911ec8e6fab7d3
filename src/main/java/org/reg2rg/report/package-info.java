/** What a report says: findings, sentences, regions, and the writers of a grounded report. Plain Java. */
@NullMarked
package org.reg2rg.report;

import org.jspecify.annotations.NullMarked;
