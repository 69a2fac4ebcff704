using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Activity;
using PasswordOps.Core.Directory;

namespace PasswordOps;

/// <summary>One row of the audit log, with its words in the view.</summary>
public sealed record SsprActivityStep : ActivityStep
{
    private readonly CultureInfo language = Text.Language;
    private readonly TimeZoneInfo zone;

    [SetsRequiredMembers]
    internal SsprActivityStep(ActivityStep original, TimeZoneInfo zone)
        : base(original)
    {
        this.zone = zone;
    }

    /// <summary>Moment in the time zone that was asked for.</summary>
    public DateTimeOffset LocalTime => TimeZoneInfo.ConvertTime(At, zone);

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => Text.In(language, () => PasswordOps.Card.Row(
        (User is null ? string.Empty : User + "  ") + Meaning,
        (LocalTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), 19),
        (Result == AuditResult.Success ? Paint.Good("success") : Result == AuditResult.Unknown ? Paint.Doubt("unknown")
            : Paint.Bad(Result == AuditResult.Timeout ? "timeout" : "failure"), 7)));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
