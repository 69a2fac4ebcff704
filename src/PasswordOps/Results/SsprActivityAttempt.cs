using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Activity;

namespace PasswordOps;

/// <summary>One attempt out of the audit log, with its words in the view.</summary>
public sealed record SsprActivityAttempt : ActivityAttempt
{
    private readonly CultureInfo language = Text.Language;
    private readonly TimeZoneInfo zone;

    [SetsRequiredMembers]
    internal SsprActivityAttempt(ActivityAttempt original, TimeZoneInfo zone)
        : base(original)
    {
        this.zone = zone;
        Steps = original.Steps.Select(step => new SsprActivityStep(step, zone)).ToArray();
    }

    /// <summary>Beginning in the time zone that was asked for.</summary>
    public DateTimeOffset LocalTime => TimeZoneInfo.ConvertTime(At, zone);

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => Text.In(language, () => PasswordOps.Card.Row(
        User ?? "(tenant)",
        (LocalTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), 16),
        (ActivityWords.Of(Outcome), 11),
        (ActivityWords.Of(Kind), 11))
        + Under(Text.Of($"why"), Outcome == AttemptOutcome.Succeeded ? null : Why)
        + Under(Text.Of($"next"), NextStep)
        + Under(Text.Of($"by"), By is null || By.Id == UserId ? null : By.ToString())
        + Under(Text.Of($"agent"), Agent == OnPremisesAgent.Unknown ? null : ActivityWords.Of(Agent)));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();

    private static string Under(string label, string? text) =>
        text is null ? string.Empty : "\n" + PasswordOps.Card.Row(text, (string.Empty, 16), (Paint.Dim(label), 5));
}
