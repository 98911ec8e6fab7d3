package org.reg2rg;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms: each may use only what the plan in docs/architecture.md lets it use. */
class RoomsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.reg2rg");

    @Test
    void roomsDependDownwardsOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("core")
                .definedBy("org.reg2rg.core..")
                .layer("tensor")
                .definedBy("org.reg2rg.tensor..")
                .layer("ct")
                .definedBy("org.reg2rg.ct..")
                .layer("prompt")
                .definedBy("org.reg2rg.prompt..")
                .layer("report")
                .definedBy("org.reg2rg.report..")
                .layer("nn")
                .definedBy("org.reg2rg.nn..")
                .layer("language")
                .definedBy("org.reg2rg.language..")
                .layer("segment")
                .definedBy("org.reg2rg.segment..")
                .layer("model")
                .definedBy("org.reg2rg.model..")
                .layer("label")
                .definedBy("org.reg2rg.label..")
                .layer("cohort")
                .definedBy("org.reg2rg.cohort..")
                .layer("data")
                .definedBy("org.reg2rg.data..")
                .layer("train")
                .definedBy("org.reg2rg.train..")
                .layer("evaluate")
                .definedBy("org.reg2rg.evaluate..")
                .layer("recipe")
                .definedBy("org.reg2rg.recipe..")
                .whereLayer("core")
                .mayNotAccessAnyLayer()
                .whereLayer("tensor")
                .mayOnlyAccessLayers("core")
                .whereLayer("ct")
                .mayOnlyAccessLayers("core")
                .whereLayer("prompt")
                .mayOnlyAccessLayers("core", "ct")
                .whereLayer("report")
                .mayOnlyAccessLayers("core", "ct")
                .whereLayer("nn")
                .mayOnlyAccessLayers("core", "tensor")
                .whereLayer("language")
                .mayOnlyAccessLayers("core", "tensor", "nn")
                .whereLayer("segment")
                .mayOnlyAccessLayers("core", "ct", "nn", "tensor")
                .whereLayer("model")
                .mayOnlyAccessLayers("core", "ct", "tensor", "nn", "language", "prompt")
                .whereLayer("label")
                .mayOnlyAccessLayers("core", "ct", "tensor", "nn", "language", "report")
                .whereLayer("cohort")
                .mayOnlyAccessLayers("core", "ct")
                .whereLayer("data")
                .mayOnlyAccessLayers("core", "ct", "prompt", "report")
                .whereLayer("train")
                .mayOnlyAccessLayers(
                        "core", "ct", "tensor", "nn", "language", "prompt", "model", "data", "report", "cohort")
                .whereLayer("evaluate")
                .mayOnlyAccessLayers("core", "ct", "report")
                .whereLayer("recipe")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void onlyTensorNamesPointerScope() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("org.reg2rg.tensor..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.bytedeco.javacpp.PointerScope")
                .check(CLASSES);
    }
}
