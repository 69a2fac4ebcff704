using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>
/// Judges users. Most share their descriptor with others: every descriptor is judged once for each class, and told apart by its hash.
/// </summary>
internal sealed class UserJudge : IDisposable
{
    private const int MostKept = 10_000;

    public static readonly IReadOnlyList<DirectoryRight> Required = new[]
    {
        DirectoryRight.ResetPassword, DirectoryRight.WriteLockoutTime, DirectoryRight.WritePasswordLastSet,
    };

    private static readonly DirectoryRight[] OnUser = Required.Append(DirectoryRight.ChangePassword).ToArray();

    private readonly Identities who;
    private readonly RightsSchema schema;
    private readonly RightQuestion[] questions;
    private readonly Dictionary<string, Guid?> classes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Key, JudgedDescriptor> judged = new();
    private readonly SHA256 sha = SHA256.Create();

    public UserJudge(Identities who, RightsSchema schema)
    {
        this.who = who;
        this.schema = schema;
        questions = OnUser.Select(right => RightQuestion.Of(right, schema)).ToArray();
    }

    /// <summary>Different descriptors so far. One that was forgotten, where there are very many, counts again.</summary>
    public int Descriptors { get; private set; }

    public void Dispose() => sha.Dispose();

    public JudgedDescriptor Judge(DirectoryObject found)
    {
        if (found.Descriptor is not byte[] bytes)
        {
            return JudgedDescriptor.NotReadable;
        }

        Key key = new(
            Hash(bytes), found.ObjectClass, found.Sid is null ? Membership.Maybe : who.IsSelf(found.Sid) ? Membership.Yes : Membership.No);
        if (!judged.TryGetValue(key, out JudgedDescriptor? known))
        {
            if (judged.Count >= MostKept)
            {
                judged.Clear();
            }

            Descriptors++;
            known = Judge(bytes, new AccessTarget(found.Sid, ClassId(found.ObjectClass)));
            judged.Add(key, known);
        }

        return known;
    }

    /// <summary>schemaIDGUID of a class; null when the schema did not tell.</summary>
    public Guid? ClassId(string name)
    {
        if (!classes.TryGetValue(name, out Guid? id))
        {
            id = schema.Classes.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase))?.Id
                ?? (string.Equals(name, "user", StringComparison.OrdinalIgnoreCase) ? DirectoryIds.User
                    : string.Equals(name, "inetOrgPerson", StringComparison.OrdinalIgnoreCase) ? DirectoryIds.InetOrgPerson
                    : null);
            classes.Add(name, id);
        }

        return id;
    }

    /// <summary>What a new user in a container would get; null when the container's list or the class's default is not known.</summary>
    public JudgedDescriptor? JudgeNew(SecurityDescriptor container, string className, SecurityDescriptor own) =>
        ClassId(className) is Guid id && container.Dacl is not null
            ? Judge(Inheritance.NewObject(container, id, own), new AccessTarget(WellKnown.Nobody, id))
            : null;

    private JudgedDescriptor Judge(byte[] bytes, AccessTarget target) =>
        SecurityDescriptor.TryRead(bytes, out string? fault) is SecurityDescriptor descriptor
            ? Judge(descriptor, target)
            : JudgedDescriptor.MalformedBy(fault!);

    private JudgedDescriptor Judge(SecurityDescriptor descriptor, AccessTarget target)
    {
        RightVerdict[] answers = new RightVerdict[OnUser.Length];
        for (int i = 0; i < OnUser.Length; i++)
        {
            answers[i] = RightVerdict.Of(OnUser[i], AccessCheck.Judge(descriptor, questions[i], target, who));
        }

        bool lacks = answers.Take(Required.Count).Any(answer => answer.Outcome != RightOutcome.Granted);
        return new JudgedDescriptor
        {
            Rights = answers,
            IsProtected = descriptor.IsProtected,
            IsInOrder = descriptor.IsInOrder,
            SteppedOver = descriptor.SteppedOver,
            CouldGrantItself = lacks && AccessCheck.CouldGrantItself(descriptor, target, who),
        };
    }

    private Hash256 Hash(byte[] bytes)
    {
        byte[] hash = sha.ComputeHash(bytes);
        return new Hash256(
            BitConverter.ToInt64(hash, 0), BitConverter.ToInt64(hash, 8), BitConverter.ToInt64(hash, 16), BitConverter.ToInt64(hash, 24));
    }

    private readonly record struct Hash256(long A, long B, long C, long D);

    private readonly record struct Key(Hash256 Descriptor, string ObjectClass, Membership Self);
}
