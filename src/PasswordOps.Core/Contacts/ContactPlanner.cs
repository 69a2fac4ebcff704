using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Contacts;

/// <summary>Validates requests and compares them with what is there. Pure.</summary>
internal static class ContactPlanner
{
    public static readonly IReadOnlyList<ContactField> Fields = new[]
        { ContactField.Mobile, ContactField.AlternateMobile, ContactField.Office, ContactField.Email };

    /// <summary>Everything that can be said against a row without the directory.</summary>
    /// <param name="request">The row.</param>
    /// <param name="options">How contact data is to be set.</param>
    /// <param name="first">The row in which the same user stood first; null when there is none.</param>
    public static IReadOnlyList<PasswordOpsException> Validate(ContactRequest request, ContactOptions options, int? first)
    {
        if (request.Error is not null)
        {
            return new[] { request.Error };
        }

        List<PasswordOpsException> errors = new();
        if (UserIdentityProblem(request) is PasswordOpsException identity)
        {
            errors.Add(identity);
        }
        else if (first is int row)
        {
            errors.Add(Doubled(request, row));
        }

        foreach (ContactField field in Fields.Where(request.Wanted.ContainsKey))
        {
            if (options.Target == ContactTarget.Profile && field == ContactField.AlternateMobile)
            {
                errors.Add(Error(
                    "FieldNotInProfile", request, field, Text.Of($"the profile has no alternate mobile phone"),
                    Text.Of($"Leave the column out, or write to authentication methods (without -Target Profile).")));
            }
            else if (request.Expected is null
                && request.Wanted[field] is string text
                && ContactValue.Read(field, text, options.DefaultCountry).Problem is ContactProblem problem)
            {
                errors.Add(Error(problem.Rule, request, field, problem.Reason, problem.Advice));
            }
        }

        // A row of a sheet may leave every field: so do the rows of an export for those who have none.
        if (request.Wanted.Count == 0 && request.Row is null)
        {
            errors.Add(new PasswordOpsException(
                "NothingToDo", ErrorKind.InvalidData, Text.Of($"{Where(request)}: no field is given, so there is nothing to set or clear."),
                Text.Of($"Give a value to set a field, or {ContactRequest.ClearWord} to clear it.")));
        }

        return errors;
    }

    /// <summary>Compares a valid request with what the user has.</summary>
    public static ContactPlanRow Compare(
        ContactRequest request, ContactOptions options, DirectoryUser user, ContactData? methods, ContactRefusal? refusal, bool isCaller)
    {
        ContactTarget target = options.Target;
        List<ContactChange> changes = new();
        List<PasswordOpsException> errors = new();
        foreach (ContactField field in Fields.Where(request.Wanted.ContainsKey))
        {
            string? current = Present(field, target, user, methods);
            ContactValue? typed = request.Expected is null && request.Wanted[field] is string text
                ? ContactValue.Read(field, text, options.DefaultCountry)
                : null;
            string? wanted = request.Expected is null ? typed?.Value : request.Wanted[field];
            bool hidden = IsMasked(field, current);
            ContactChange change = new()
            {
                Field = field, Action = ChangeAction.Same, Current = Shown(field, current, options), New = Shown(field, wanted, options),
                Note = typed?.Note,
            };
            if (!hidden && IsSame(field, target, current, wanted))
            {
                changes.Add(change);
                continue;
            }

            (string Rule, string Reason, string Advice)? block = refusal is not null
                ? (refusal.Rule, refusal.Reason, refusal.Advice)
                : isCaller && IsClosedToOwner(target, field, current, wanted)
                ? ("OwnMethodReadOnly",
                    Text.Of($"this is the account that is signed in, and the service lets nobody change this of the own account"),
                    Text.Of($"Change it at mysignins.microsoft.com/security-info, or let another administrator do it."))
                : Block(request, target, user, methods, field, wanted)
                ?? NoWayBack(request, target, field, current, wanted);
            if (block is not null)
            {
                errors.Add(Error(
                    block.Value.Rule, request, field, block.Value.Reason, block.Value.Advice,
                    refusal is not null ? ErrorKind.PermissionDenied : ErrorKind.InvalidOperation));
                changes.Add(change with { Action = ChangeAction.Blocked, Note = block.Value.Reason, Rule = block.Value.Rule });
                continue;
            }

            changes.Add(change with
            {
                Action = wanted is null ? ChangeAction.Clear : current is null ? ChangeAction.Set : ChangeAction.Change,
                Note = typed?.Note ?? (hidden
                    ? Text.Of($"the caller's role sees the present number masked, so it cannot be compared, and a restore cannot bring it "
                        + $"back")
                    : SideEffect(target, methods, field, wanted)),
                Write = WriteOf(user, field, target, current, wanted, isWhole: request.Expected is not null),
                Before = target == ContactTarget.Profile && field == ContactField.Email ? Mails(user) : current,
            });
        }

        return new ContactPlanRow
        {
            Row = request.Row, Place = request.Place, User = user.Name, UserId = user.Id, Changes = changes, Errors = errors,
        };

        string? Present(ContactField field, ContactTarget where, DirectoryUser person, ContactData? data) =>
            where != ContactTarget.Profile ? InMethods(data!, field)
            : field == ContactField.Email && request.Expected is not null ? Mails(person)
            : InProfile(person, field);
    }

    /// <summary>Adds what to know of the removal of a phone that the registration report names as the user's default method.</summary>
    public static ContactPlanRow WithDefaultMethod(ContactPlanRow row, string? preferredMethod)
    {
        ContactField? field = preferredMethod?.ToLowerInvariant() switch
        {
            "sms" or "voicemobile" => ContactField.Mobile,
            "voicealternatemobile" => ContactField.AlternateMobile,
            "voiceoffice" => ContactField.Office,
            _ => null,
        };
        return row with
        {
            Changes = row.Changes.Select(change => change.Field == field && change.Action == ChangeAction.Clear
                ? change with
                {
                    Note = Text.Of($"the registration report, which runs behind, has it as the user's default method of multifactor "
                        + $"authentication; the service refuses to remove that one until another is the default"),
                }
                : change).ToArray(),
        };
    }

    /// <summary>
    /// The wave in which a write is sent: a mobile phone goes before its alternate, and on removal after it (the service refuses an
    /// alternate without a mobile phone, and the removal of the mobile phone while there is an alternate).
    /// </summary>
    public static int Wave(ContactWrite write) => write.Field switch
    {
        ContactField.AlternateMobile => write.Action == WriteAction.Remove ? 0 : 2,
        ContactField.Mobile => 1,
        _ => 0,
    };

    /// <summary>True when the directory shows the write done.</summary>
    public static bool IsDone(ContactWrite write, DirectoryUser? user, ContactData? methods)
    {
        if (write is { Target: ContactTarget.Profile, Field: ContactField.Email })
        {
            return user is not null && string.Equals(Mails(user), write.Value, StringComparison.OrdinalIgnoreCase);
        }

        if (write.Target == ContactTarget.Profile ? user is null : methods is null)
        {
            return false;
        }

        string? current = write.Target == ContactTarget.Profile ? InProfile(user!, write.Field) : InMethods(methods!, write.Field);
        return write.Field == ContactField.Email
            ? string.Equals(current, write.Value, StringComparison.OrdinalIgnoreCase)
            : string.Equals(Digits(current), Digits(write.Value), StringComparison.Ordinal);
    }

    /// <summary>A write as it has to be sent now: what was added meanwhile is replaced, what was taken away is added.</summary>
    public static ContactWrite Again(ContactWrite write, DirectoryUser? user, ContactData? methods)
    {
        string? current = write.Target == ContactTarget.Profile
            ? user is null ? null : InProfile(user, write.Field)
            : methods is null ? null : InMethods(methods, write.Field);
        return write.Action == WriteAction.Remove
            ? write
            : write with { Action = current is null ? WriteAction.Add : WriteAction.Replace };
    }

    public static PasswordOpsException Doubled(ContactRequest request, int first) => new(
        "UserDoubled",
        ErrorKind.InvalidData,
        request.Row is null
            ? Text.Of($"{Where(request)}: the same user stands also in an earlier input.")
            : Text.Of($"{Where(request)}: the same user stands also in row {first}."),
        Text.Of($"Keep one row for each user."));

    public static PasswordOpsException AtRow(PasswordOpsException error, ContactRequest request) =>
        request.Row is null ? error : error.Retold($"{Where(request)}: {error.Message}");

    private static PasswordOpsException? UserIdentityProblem(ContactRequest request) =>
        Guid.TryParse(request.Identity, out _) || UserIdentity.Problem(request.Identity) is not string problem
            ? null
            : new PasswordOpsException(
                "IdentityInvalid", ErrorKind.InvalidData, Text.Of($"{Where(request)}: the identity does not name a user: {problem}."),
                Text.Of($"Give a user principal name such as anna@contoso.com, or the user's object id."));

    private static PasswordOpsException Error(
        string rule, ContactRequest request, ContactField field, string reason, string advice, ErrorKind kind = ErrorKind.InvalidData) =>
        new(rule, kind, $"{Where(request)}, {Name(field)}: {reason}.", advice);

    private static string Where(ContactRequest request)
    {
        string name = request.Name ?? request.Identity;
        string identity = name.Length == 0 ? Text.Of($"(no user)") : name.Length <= 60 ? name : name.Substring(0, 57) + "...";
        return request.Row is int row ? Text.Of($"row {row}, {identity}") : identity;
    }

    private static string Name(ContactField field) => field switch
    {
        ContactField.Mobile => Text.Of($"mobile"),
        ContactField.AlternateMobile => Text.Of($"alternate mobile"),
        ContactField.Office => Text.Of($"office"),
        _ => Text.Of($"email"),
    };

    // Setting the own authentication email and changing an own phone are not supported; adding a phone and removing either are.
    private static bool IsClosedToOwner(ContactTarget target, ContactField field, string? current, string? wanted) =>
        target == ContactTarget.AuthenticationMethods && wanted is not null && (field == ContactField.Email || current is not null);

    private static (string Rule, string Reason, string Advice)? Block(
        ContactRequest request, ContactTarget target, DirectoryUser user, ContactData? methods, ContactField field, string? wanted)
    {
        if (target == ContactTarget.Profile)
        {
            return user.OnPremisesSyncEnabled == true && field != ContactField.Email
                ? ("ReadOnlySynced", Text.Of($"the profile is read-only, synced from Active Directory"),
                    Text.Of($"Leave -Target Profile out: authentication methods can be written. Or change it in Active Directory."))
                : null;
        }

        bool hasMobile = methods!.Phones.ContainsKey(PhoneType.Mobile);
        bool getsMobile = request.Wanted.TryGetValue(ContactField.Mobile, out string? mobile) && mobile is not null;
        bool losesMobile = request.Wanted.ContainsKey(ContactField.Mobile) && mobile is null;
        if (field == ContactField.AlternateMobile && wanted is not null && ((!hasMobile && !getsMobile) || losesMobile))
        {
            return ("AlternateWithoutMobile", Text.Of($"an alternate mobile phone needs a mobile phone first"),
                Text.Of($"Give the mobile phone in the same row."));
        }

        bool keepsAlternate = methods.Phones.ContainsKey(PhoneType.AlternateMobile)
            && !(request.Wanted.TryGetValue(ContactField.AlternateMobile, out string? alternate) && alternate is null);
        return field == ContactField.Mobile && wanted is null && keepsAlternate
            ? ("MobileBeforeAlternate", Text.Of($"the mobile phone cannot be removed while there is an alternate one"),
                Text.Of($"Clear the alternate mobile phone in the same row."))
            : null;
    }

    // The profile keeps a list of mail addresses and the service replaces it as one: the first is the alternate email, the others stay
    // behind it.
    private static ContactWrite WriteOf(
        DirectoryUser user, ContactField field, ContactTarget target, string? current, string? wanted, bool isWhole)
    {
        string? value = wanted;
        if (target == ContactTarget.Profile && field == ContactField.Email && !isWhole)
        {
            IEnumerable<string> kept = user.OtherMails.Skip(1)
                .Where(mail => !string.Equals(mail, wanted, StringComparison.OrdinalIgnoreCase));
            string[] list = (wanted is null ? kept : new[] { wanted }.Concat(kept)).ToArray();
            value = list.Length == 0 ? null : string.Join(";", list);
        }

        WriteAction action = value is null ? WriteAction.Remove : current is null ? WriteAction.Add : WriteAction.Replace;
        return new ContactWrite(user.Id, field, target, action, value);
    }

    public static bool IsMasked(ContactField field, string? current) =>
        current is not null
            && field != ContactField.Email
            && (current.IndexOf('*') >= 0 || current.IndexOf("XX", StringComparison.OrdinalIgnoreCase) >= 0);

    private static string? SideEffect(ContactTarget target, ContactData? methods, ContactField field, string? wanted)
    {
        if (target != ContactTarget.AuthenticationMethods || field == ContactField.Email)
        {
            return null;
        }

        bool signsIn = field == ContactField.Mobile
            && string.Equals(methods?.SmsSignInState, "ready", StringComparison.OrdinalIgnoreCase);
        return signsIn && wanted is null ? Text.Of($"the user signs in by text message with this number and no longer can")
            : signsIn ? Text.Of($"the user signs in by text message: the new number takes that over")
            : wanted is null ? Text.Of($"refused where it is the user's default method of multifactor authentication")
            : field == ContactField.Mobile && methods?.Phones.ContainsKey(PhoneType.Mobile) == false
            ? Text.Of($"also signs the user in by text message, where the policy allows that")
            : null;
    }

    public static string? InMethods(ContactData data, ContactField field) => field switch
    {
        ContactField.Mobile => data.Phones.TryGetValue(PhoneType.Mobile, out string? mobile) ? mobile : null,
        ContactField.AlternateMobile => data.Phones.TryGetValue(PhoneType.AlternateMobile, out string? alternate) ? alternate : null,
        ContactField.Office => data.Phones.TryGetValue(PhoneType.Office, out string? office) ? office : null,
        _ => data.Email,
    };

    public static string? InProfile(DirectoryUser user, ContactField field) => field switch
    {
        ContactField.Mobile => string.IsNullOrEmpty(user.MobilePhone) ? null : user.MobilePhone,
        ContactField.Office => string.IsNullOrEmpty(user.OfficePhone) ? null : user.OfficePhone,
        ContactField.Email => user.OtherMails.Count == 0 ? null : user.OtherMails[0],
        _ => null,
    };

    private static string? Digits(string? number) =>
        number is null ? null : new string(number.Where(c => c is >= '0' and <= '9' or 'x' or 'X' or '*').ToArray()).ToLowerInvariant();

    private static string? Mails(DirectoryUser user) => user.OtherMails.Count == 0 ? null : string.Join(";", user.OtherMails);

    private static bool IsSame(ContactField field, ContactTarget target, string? current, string? wanted) =>
        field == ContactField.Email
            ? string.Equals(current, wanted, StringComparison.OrdinalIgnoreCase)
            : string.Equals(Digits(current), Digits(wanted), StringComparison.Ordinal)
                && (target == ContactTarget.AuthenticationMethods || current == wanted);

    // A run is undone only where its value still stands, and only to a value that was seen.
    private static (string Rule, string Reason, string Advice)? NoWayBack(
        ContactRequest request, ContactTarget target, ContactField field, string? current, string? wanted)
    {
        if (request.Expected is null)
        {
            return null;
        }

        return IsMasked(field, current)
            ? ("ValueHidden", Text.Of($"the caller's role sees the present number masked, so nobody can tell whether it was changed since"),
                Text.Of($"Restore as Privileged Authentication Administrator, who sees numbers as they are."))
            : IsMasked(field, wanted)
            ? ("ValueWasHidden", Text.Of($"the role that ran it saw the earlier number masked, so the journal does not have it"),
                Text.Of($"Ask the user for the number and set it."))
            : !IsSame(field, target, current, request.Expected[field])
            ? ("ChangedSince", Text.Of($"it is no longer what the run had left there: somebody changed it since"),
                Text.Of($"Leave it, or set the value that you want with Set-SsprContactData."))
            : null;
    }

    private static string Shown(ContactField field, string? value, ContactOptions options) =>
        options.ShowsValues ? value ?? string.Empty : Masked(field, value);

    /// <summary>A value for the screen.</summary>
    public static string Masked(ContactField field, string? value)
    {
        if (value is null)
        {
            return string.Empty;
        }

        if (field != ContactField.Email)
        {
            return PhoneNumber.Masked(value);
        }

        int at = value.IndexOf('@');
        return at <= 0 ? "***" : value.Substring(0, 1) + "***" + value.Substring(at);
    }
}
