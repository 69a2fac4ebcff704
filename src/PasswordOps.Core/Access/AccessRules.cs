using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Access;

/// <summary>
/// Who may do what to whom: Microsoft Entra privileged-roles-permissions ("Who can reset passwords", "sensitive actions"), administrative
/// units and restricted management administrative units. The tables are in Knowledge/. Roles through role-assignable groups are among the
/// roles of a standing; roles for which the target is only eligible do not protect it.
/// </summary>
public static class AccessRules
{
    /// <summary>May the actor reset the target's password?</summary>
    /// <param name="actor">Standing of the account that acts.</param>
    /// <param name="target">Standing of the account that is acted on.</param>
    /// <param name="isManagementRestricted">Whether the target is in a restricted management administrative unit.</param>
    /// <param name="kind">What sort of account acts.</param>
    /// <returns>The answer.</returns>
    public static AccessAnswer CanResetPassword(
        Standing actor, Standing target, bool? isManagementRestricted, ActorKind kind = ActorKind.Member) =>
        new AccessQuestion(AccessAct.Reset, actor, target, isManagementRestricted, kind).Answer();

    /// <summary>
    /// May the actor set the target's password by changing its profile? A sensitive action: not every role that resets may do it.
    /// </summary>
    /// <param name="actor">Standing of the account that acts.</param>
    /// <param name="target">Standing of the account that is acted on.</param>
    /// <param name="isManagementRestricted">Whether the target is in a restricted management administrative unit.</param>
    /// <param name="kind">What sort of account acts.</param>
    /// <returns>The answer; Warn where only the reset section of the documents allows it.</returns>
    public static AccessAnswer CanSetPassword(
        Standing actor, Standing target, bool? isManagementRestricted, ActorKind kind = ActorKind.Member) =>
        new AccessQuestion(AccessAct.SetPassword, actor, target, isManagementRestricted, kind).Answer();

    /// <summary>May the actor change phones and other mails in the target's profile?</summary>
    /// <param name="actor">Standing of the account that acts.</param>
    /// <param name="target">Standing of the account that is acted on.</param>
    /// <param name="isManagementRestricted">Whether the target is in a restricted management administrative unit.</param>
    /// <param name="kind">What sort of account acts.</param>
    /// <returns>The answer; Warn where only the reset section of the documents allows it.</returns>
    public static AccessAnswer CanWriteProfile(
        Standing actor, Standing target, bool? isManagementRestricted, ActorKind kind = ActorKind.Member) =>
        new AccessQuestion(AccessAct.WriteProfile, actor, target, isManagementRestricted, kind).Answer();

    /// <summary>
    /// May the actor write the target's authentication methods? Which targets an Authentication Administrator reaches follows its reset
    /// column.
    /// </summary>
    /// <param name="actor">Standing of the account that acts.</param>
    /// <param name="target">Standing of the account that is acted on.</param>
    /// <param name="isManagementRestricted">Whether the target is in a restricted management administrative unit.</param>
    /// <param name="kind">What sort of account acts.</param>
    /// <returns>The answer.</returns>
    public static AccessAnswer CanWriteMethods(
        Standing actor, Standing target, bool? isManagementRestricted, ActorKind kind = ActorKind.Member) =>
        new AccessQuestion(AccessAct.WriteMethods, actor, target, isManagementRestricted, kind).Answer();

    /// <summary>May the actor read the target's authentication methods?</summary>
    /// <param name="actor">Standing of the account that acts.</param>
    /// <param name="target">Standing of the account that is acted on.</param>
    /// <param name="isManagementRestricted">Whether the target is in a restricted management administrative unit.</param>
    /// <param name="kind">What sort of account acts.</param>
    /// <returns>The answer; <see cref="AccessAnswer.IsMasked"/> when phone numbers come masked.</returns>
    public static AccessAnswer CanReadMethods(
        Standing actor, Standing target, bool? isManagementRestricted, ActorKind kind = ActorKind.Member) =>
        new AccessQuestion(AccessAct.ReadMethods, actor, target, isManagementRestricted, kind).Answer();

    /// <summary>Roles with which anybody's authentication methods can be written at all, least powerful first.</summary>
    /// <returns>Names.</returns>
    public static IReadOnlyList<string> RolesThatWriteMethods() => AccessAct.WriteMethods.Actors.Select(RoleCatalog.NameOf).ToArray();

    /// <summary>Says whether an account holds any role that can reset passwords or write contact data of somebody.</summary>
    /// <param name="actor">Standing of the account.</param>
    /// <returns>Names of those roles, with their scope when it is not the tenant.</returns>
    public static IReadOnlyList<string> ActingRoles(Standing actor) => Acting(actor.Roles);

    /// <summary>Says for which roles that can reset passwords or write contact data of somebody an account is eligible.</summary>
    /// <param name="actor">Standing of the account.</param>
    /// <returns>Names of those roles, with their scope when it is not the tenant; empty also when that was not read.</returns>
    public static IReadOnlyList<string> EligibleActingRoles(Standing actor) => Acting(actor.EligibleRoles ?? Array.Empty<HeldRole>());

    /// <summary>Says whether an account holds a role that can write anybody's authentication methods.</summary>
    /// <param name="actor">Standing of the account.</param>
    /// <returns>True when it does.</returns>
    public static bool WritesMethodsOfSomebody(Standing actor) =>
        actor.Roles.Any(role =>
            AccessAct.WriteMethods.Actors.Contains(role.TemplateId, StringComparer.OrdinalIgnoreCase) || role.IsBuiltIn == false);

    private static string[] Acting(IReadOnlyList<HeldRole> roles) => roles
        .Where(role => AccessAct.Reset.Actors.Contains(role.TemplateId, StringComparer.OrdinalIgnoreCase)
            || role.Actions.Contains(AccessAct.Reset.CustomAction, StringComparer.OrdinalIgnoreCase)
            || RoleCatalog.Rule("deprecatedReset", role.TemplateId) is not null)
        .Select(role => role.IsTenantWide ? RoleCatalog.NameOf(role) : Text.Of($"{RoleCatalog.NameOf(role)} over {role.Scope}"))
        .ToArray();
}
