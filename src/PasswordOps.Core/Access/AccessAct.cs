using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Access;

/// <summary>Something that one account does to another, and the tables that say who may.</summary>
internal sealed record AccessAct
{
    private const string PasswordUpdate = "microsoft.directory/users/password/update";
    private const string MethodActions = "microsoft.directory/users/authenticationMethods/";

    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> MethodRights =
        KnowledgeTable.Load("method-rights").Rows;

    /// <summary>How an application by itself is bound.</summary>
    public enum ApplicationReach
    {
        /// <summary>By its roles, as a person is.</summary>
        ByRole,

        /// <summary>Its permission reaches users without a role; others need a role that reaches them.</summary>
        UsersWithoutRole,

        /// <summary>Its permission reaches everybody.</summary>
        Everybody,
    }

    /// <summary>An administrator's reset.</summary>
    public static AccessAct Reset { get; } = new()
    {
        Verb = () => Text.Of($"reset the password of"),
        Matrix = AccessMatrix.Reset,
        Actors = AccessMatrix.Reset.Actors,
        CustomAction = PasswordUpdate,
        CountsDeprecatedRoles = true,
        OwnAccount = NoResetOfOneself,
    };

    /// <summary>Setting the password through the profile.</summary>
    public static AccessAct SetPassword { get; } = new()
    {
        Verb = () => Text.Of($"set the password of"),
        Matrix = AccessMatrix.Sensitive,
        Actors = AccessMatrix.Sensitive.Actors,
        Wider = Reset,
        WiderAllows = () => Text.Of($"set a new password in the profile"),
        OwnAccount = NoResetOfOneself,
    };

    /// <summary>Changing phones and other mails of the profile. For the own profile nothing else is documented.</summary>
    public static AccessAct WriteProfile { get; } = new()
    {
        Verb = () => Text.Of($"change sensitive properties of"),
        Matrix = AccessMatrix.Sensitive,
        Actors = AccessMatrix.Sensitive.Actors,
        Wider = Reset,
        WiderAllows = () => Text.Of($"change phones and other mails"),
        Application = ApplicationReach.UsersWithoutRole,
    };

    /// <summary>Writing authentication methods.</summary>
    public static AccessAct WriteMethods { get; } = new()
    {
        Verb = () => Text.Of($"write authentication methods of"),
        Matrix = AccessMatrix.Reset,
        Actors = With("writeMethods", "some", "all"),
        OpenActions = new[] { "create", "delete", "basic/update" }.Select(action => MethodActions + action).ToArray(),
        Application = ApplicationReach.Everybody,
        OwnAccount = () => new AccessAnswer(
            Verdict.Warn,
            Text.Of($"This is the account that acts: of its own methods it can add a phone and remove phone or email, within 10 minutes "
                + $"of a multifactor sign-in; changing a phone and setting the email are not supported."),
            Text.Of($"Change them at mysignins.microsoft.com/security-info, or let another administrator do it."))
        {
            Rule = AccessRule.OwnAccount,
        },
    };

    /// <summary>Reading authentication methods.</summary>
    public static AccessAct ReadMethods { get; } = new()
    {
        Verb = () => Text.Of($"read authentication methods of"),
        Matrix = AccessMatrix.Reset,
        Actors = With("readMethods", "masked", "full"),
        MaskedActors = With("readMethods", "masked"),
        OpenActions = new[] { "standard/read", "standard/restrictedRead" }.Select(action => MethodActions + action).ToArray(),
        Application = ApplicationReach.Everybody,
        IsRead = true,
        OwnAccount = () => new AccessAnswer(Verdict.Pass, Text.Of($"An account reads its own authentication methods."), null)
        {
            Rule = AccessRule.OwnAccount,
        },
    };

    /// <summary>What it is, to stand between 'may' and 'this user'.</summary>
    public required Func<string> Verb { get; init; }

    /// <summary>Table of who reaches whom.</summary>
    public required AccessMatrix Matrix { get; init; }

    /// <summary>Template ids of the roles that may do it to somebody, least powerful first.</summary>
    public required IReadOnlyList<string> Actors { get; init; }

    /// <summary>Those among <see cref="Actors"/> who see phone numbers masked.</summary>
    public IReadOnlyList<string> MaskedActors { get; init; } = Array.Empty<string>();

    /// <summary>Action that lets a custom role do it; null when none is documented to.</summary>
    public string? CustomAction { get; init; }

    /// <summary>Actions that may let a custom role do it: the documents do not say.</summary>
    public IReadOnlyList<string> OpenActions { get; init; } = Array.Empty<string>();

    /// <summary>True when deprecated roles without a column do it too.</summary>
    public bool CountsDeprecatedRoles { get; init; }

    /// <summary>The answer when actor and target are one account; null when the tables answer.</summary>
    public Func<AccessAnswer>? OwnAccount { get; init; }

    /// <summary>How an application by itself is bound.</summary>
    public ApplicationReach Application { get; init; }

    /// <summary>True when it changes nothing, so that the target's roles do not protect it.</summary>
    public bool IsRead { get; init; }

    /// <summary>Another act whose documents allow this one to whoever may do that; null when none does.</summary>
    public AccessAct? Wider { get; init; }

    /// <summary>What those documents allow, to follow 'may also'.</summary>
    public Func<string>? WiderAllows { get; init; }

    /// <summary>True when a role over the tenant reaches a target of these rows.</summary>
    public bool Reaches(string roleId, IReadOnlyList<string> targetRows) => IsRead || Matrix.Allows(roleId, targetRows);

    private static AccessAnswer NoResetOfOneself() => new(
        Verdict.Fail, Text.Of($"This is the account that acts: an administrator's reset cannot target its own account."),
        Text.Of($"Change the own password at mysignins.microsoft.com/security-info or aka.ms/sspr, or let another administrator reset it."))
    {
        Rule = AccessRule.OwnAccount,
    };

    private static string[] With(string right, params string[] values) =>
        MethodRights.Where(row => values.Contains(row[right], StringComparer.Ordinal)).Select(row => row["role"]).ToArray();
}
