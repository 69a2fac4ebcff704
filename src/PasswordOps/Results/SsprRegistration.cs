using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Registration;

namespace PasswordOps;

/// <summary>One user and what the registration report says of them, with its words in the view.</summary>
public sealed record SsprRegistration : RegistrationRow
{
    private readonly CultureInfo language = Text.Language;
    private readonly bool isOneOfMany;

    [SetsRequiredMembers]
    internal SsprRegistration(RegistrationRow original, bool isOneOfMany)
        : base(original)
    {
        this.isOneOfMany = isOneOfMany;
    }

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => Text.In(language, () => isOneOfMany
        ? PasswordOps.Card.Row(Reason ?? Methods, (Word(), 14), (User, 28))
        : PasswordOps.Card.Of(
            User + "  " + Word(),
            ("answer", Answer()),
            ("methods", Methods),
            ("default", DefaultMethod),
            ("roles", Roles is null ? null : Roles.Count == 0 ? Text.Of($"no directory role") : string.Join(", ", Roles)),
            ("as of", LastUpdated is DateTimeOffset at
                ? at.UtcDateTime.ToString("u", CultureInfo.InvariantCulture) + ", " + Text.Of($"the report runs up to a few hours behind")
                : null)));

    private string Methods => MethodsRegistered.Count == 0 ? Text.Of($"no methods") : string.Join(", ", MethodsRegistered);

    /// <inheritdoc/>
    public override string ToString() => base.ToString();

    private string Word() => State switch
    {
        RegistrationState.Capable => Paint.Good("Capable"),
        RegistrationState.Unknown => Paint.Doubt("Unknown"),
        RegistrationState.NotEnabled => Paint.Dim("NotEnabled"),
        _ => Paint.Bad(State.ToString()),
    };

    private string Answer() => State switch
    {
        RegistrationState.Capable => Text.Of($"Enabled, and registered with enough allowed methods."),
        RegistrationState.Registered => Text.Of($"Registered, yet not capable: the methods are not among the allowed ones."),
        RegistrationState.NotRegistered => Text.Of($"Enabled, and has still to register at aka.ms/ssprsetup."),
        RegistrationState.NotEnabled => Text.Of($"Self-service password reset is not switched on for this user."),
        _ => Reason ?? string.Empty,
    };
}
