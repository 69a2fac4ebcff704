using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using PasswordOps.Core.Directory;

namespace PasswordOps;

/// <summary>
/// Takes the name of a user out of whatever names one: text, object id, a user object of any module, a row of a sheet. Only the shape is
/// looked at here; whether the text is a valid identity is said for each user when it is their turn.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class IdentityTransformationAttribute : ArgumentTransformationAttribute
{
    // Stands for an object without any of the names. Its own text would be its values, phone numbers among them, and end in an error.
    internal const string NoUser = "(an object without UserPrincipalName or Id)";

    private static readonly string[] Names = { "UserPrincipalName", "UPN", "Identity", "UserId", "ObjectId", "Id", "User" };

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? data = inputData is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : inputData;
        if (data is null or string || data is not IEnumerable many || data is IDictionary)
        {
            return data is null ? null : Name(data);
        }

        List<object?> names = new();
        foreach (object? one in many)
        {
            names.Add(one is null ? null : Name(one));
        }

        return names.ToArray();
    }

    private static object Name(object data)
    {
        object plain = data is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : data;
        switch (plain)
        {
            case string or UserIdentity or Guid:
                return plain.ToString()!;
            case IDictionary row:
                foreach (string name in Names)
                {
                    if (row.Contains(name) && row[name] is object value)
                    {
                        return value.ToString()!;
                    }
                }

                return NoUser;
        }

        // A guest's user principal name and a user's object id name the same user; the id of a synced copy of it elsewhere does not, so
        // names come first.
        PSObject user = PSObject.AsPSObject(data);
        foreach (string name in Names)
        {
            if (user.Properties[name]?.Value?.ToString() is string { Length: > 0 } text)
            {
                return text;
            }
        }

        return plain is IConvertible ? data : NoUser;
    }
}
