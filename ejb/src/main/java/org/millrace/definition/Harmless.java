package org.millrace.definition;

import java.util.Set;

/**
 * Known words of other engines without consequence here. The rule: what changes which activity
 * waits next, or what data it sees, is executed or refused; what is left is for forms and lists,
 * for people, for that engine's own housekeeping, or where it ends its transactions.
 * docs/foreign-models.md lists them all, and a test holds it.
 */
final class Harmless {

  private static final Set<String> TRANSACTIONS_AND_JOBS =
      Set.of(
          "async",
          "asyncBefore",
          "asyncAfter",
          "asyncLeave",
          "exclusive",
          "asyncLeaveExclusive",
          "jobPriority",
          "taskPriority",
          "jobPriorityDefinition",
          "jobCategory",
          "triggerable",
          "failedJobRetryTimeCycle",
          "parallelInSameTransaction",
          "storeResultVariableAsTransient",
          "doNotIncludeVariables",
          "noWaitStatesAsyncLeave",
          "mapException",
          "retryCounter");

  private static final Set<String> HOUSEKEEPING =
      Set.of(
          "history",
          "versionTag",
          "version",
          "packageName",
          "category",
          "extensionId",
          "isEagerExecutionFetching",
          "localization",
          "processInstanceName",
          "fallbackToDefaultTenant",
          "calledElementTenantId",
          "decisionRefTenantId",
          "completeAsync",
          "taskIdVariableName",
          "taskCompleterVariableName",
          "processInstanceIdVariableName",
          "idVariableName",
          "autoStoreVariables",
          "useLocalScopeForResultVariable",
          "useLocalScopeForOutParameters",
          "errorVariableTransient",
          "errorVariableLocalScope",
          "isStartableInTasklist",
          "candidateStarterUsers",
          "candidateStarterGroups",
          "potentialStarter",
          "diagramRelationId",
          "modelerTemplate",
          "modelerTemplateVersion",
          "modelerTemplateIcon",
          "properties",
          "metaData",
          "dtype",
          "selectable",
          "processType",
          "import",
          "global",
          "independent",
          "serviceimplementation",
          "serviceinterface",
          "serviceoperation",
          "boundaryca",
          "dockerinfo",
          "bgcolor",
          "fontsize",
          "bordercolor",
          "fontcolor",
          "color",
          "dg",
          "erefname",
          "esccode",
          "msgref");

  private static final Set<String> FORMS_AND_TASK_LISTS =
      Set.of(
          "formKey",
          "formRef",
          "formRefBinding",
          "formRefVersion",
          "formData",
          "formProperty",
          "formHandlerClass",
          "formFieldValidation",
          "sameDeployment",
          "owner",
          "customResource",
          "task-candidates-type",
          "formDefinition",
          "userTask",
          "userTaskForm",
          "dueDate",
          "followUpDate",
          "businessCalendarName",
          "taskSchedule",
          "priority",
          "priorityDefinition");

  private Harmless() {}

  static boolean isHarmless(String word) {
    return TRANSACTIONS_AND_JOBS.contains(word)
        || HOUSEKEEPING.contains(word)
        || FORMS_AND_TASK_LISTS.contains(word);
  }
}
