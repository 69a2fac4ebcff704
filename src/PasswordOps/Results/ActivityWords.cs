using PasswordOps.Core;
using PasswordOps.Core.Activity;

namespace PasswordOps;

/// <summary>Words for what the audit log tells of.</summary>
internal static class ActivityWords
{
    internal static string Of(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Succeeded => Paint.Good("Succeeded"),
        AttemptOutcome.SucceededOnPremises => Paint.Doubt("OnPremises"),
        AttemptOutcome.Failed => Paint.Bad("Failed"),
        AttemptOutcome.Blocked => Paint.Bad("Blocked"),
        AttemptOutcome.Abandoned => Paint.Doubt("Abandoned"),
        AttemptOutcome.Open => Paint.Dim("Open"),
        _ => Paint.Doubt("Unknown"),
    };

    internal static string Of(ActivityKind kind) => kind switch
    {
        ActivityKind.SelfServiceReset => Text.Of($"reset"),
        ActivityKind.Unlock => Text.Of($"unlock"),
        ActivityKind.PasswordChange => Text.Of($"change"),
        ActivityKind.AdministratorReset => Text.Of($"admin reset"),
        ActivityKind.Registration => Text.Of($"register"),
        ActivityKind.Setting => Text.Of($"setting"),
        _ => Text.Of($"other"),
    };

    internal static string Of(OnPremisesAgent agent) => agent switch
    {
        OnPremisesAgent.None => Text.Of($"none: in the cloud only"),
        OnPremisesAgent.Connect => "Microsoft Entra Connect",
        OnPremisesAgent.CloudSync => "cloud sync",
        _ => Text.Of($"unknown"),
    };
}
