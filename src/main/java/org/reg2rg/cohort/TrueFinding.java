package org.reg2rg.cohort;

import org.reg2rg.ct.Bits;
import org.reg2rg.ct.Region;

/**
 * One finding of a synthetic study, known exactly.
 *
 * @param kind what sort of it: "solid", "paraseptal", "catheter"; one word or two
 * @param region whose sentences report it
 * @param place lobe, level or structure in words; empty where the region says all
 * @param count how many there are (nodules, plaques); 1 for one or for something diffuse
 * @param sizeMm its characteristic length: diameter of the largest, thickness of fluid or wall; 0 for diffuse ones
 * @param centreMm middle of the (largest) one in world millimetres, RAS; three numbers
 * @param voxels the voxels that it covers, on the study's grid
 */
@SuppressWarnings("ArrayRecordComponent") // findings are never compared with equals
public record TrueFinding(
        FindingType type,
        String kind,
        Region region,
        Side side,
        String place,
        int count,
        double sizeMm,
        double[] centreMm,
        Bits voxels) {}
