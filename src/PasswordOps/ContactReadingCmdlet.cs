using System;
using System.Collections.Generic;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;

namespace PasswordOps;

/// <summary>Base of the cmdlets that read contact data of the users that somebody names, or of all.</summary>
public abstract class ContactReadingCmdlet : ConnectedCmdlet
{
    private protected const string UserSet = "User";
    private protected const string AllSet = "All";

    private readonly List<string> users = new();

    private protected ContactReadingCmdlet()
    {
    }

    /// <summary>Users: user principal name, object id, user object or row of a sheet.</summary>
    [Parameter(ParameterSetName = UserSet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("UserPrincipalName", "UPN", "ObjectId", "Id")]
    [IdentityTransformation]
    [ValidateNotNullOrEmpty]
    public string[] Identity { get; set; } = Array.Empty<string>();

    /// <summary>Every user of the tenant.</summary>
    [Parameter(ParameterSetName = AllSet, Mandatory = true)]
    public SwitchParameter All { get; set; }

    /// <summary>How many users were named.</summary>
    private protected int Named => users.Count;

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (string name in Identity)
        {
            if (UserIdentityProblem(name) is PasswordOpsException problem)
            {
                WriteError(Errors.Record(problem, name));
            }
            else
            {
                users.Add(name);
            }
        }
    }

    /// <summary>Reads the users that were named, or all.</summary>
    /// <param name="take">Receives each user, in order; called from any thread, one call at a time.</param>
    private protected void Read(Action<ContactRecord> take)
    {
        ContactLookup lookup = new(Session, SystemClock.Instance);
        if (All || users.Count > 0)
        {
            Await(stop => All ? lookup.ReadAllAsync(take, Progress, stop) : lookup.ReadAsync(users, take, Progress, stop));
        }
    }

    private static PasswordOpsException? UserIdentityProblem(string name)
    {
        try
        {
            _ = new Core.Directory.UserIdentity(name);
            return null;
        }
        catch (PasswordOpsException problem)
        {
            return problem;
        }
    }
}
