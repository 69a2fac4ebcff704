using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>
/// Answers as a domain controller does: entries in stored order, the first that covers the question decides. Where it cannot be known
/// whether an entry counts, both ways are gone, and the answer is Unknown when they part.
/// </summary>
internal static class AccessCheck
{
    /// <summary>Judges a descriptor of which owner, group and list were asked for.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="target">Of which object.</param>
    /// <param name="who">For whom.</param>
    /// <param name="listWasAsked">The list was certainly asked for: then a descriptor without one has none.</param>
    public static RightAnswer Judge(
        SecurityDescriptor descriptor, RightQuestion question, AccessTarget target, Identities who, bool listWasAsked = true)
    {
        if (descriptor.Dacl is not IReadOnlyList<Ace> list)
        {
            return new RightAnswer(listWasAsked ? RightOutcome.Granted : RightOutcome.Unknown, RightCause.NoList);
        }

        if (list.Count == 0)
        {
            return new RightAnswer(RightOutcome.NotGranted, RightCause.EmptyList);
        }

        Walk walk = new(descriptor, question, target, who);
        return walk.Judge(list);
    }

    /// <summary>Whether the account could write the list itself, as its owner or by an entry: not the right, but the way to it.</summary>
    public static bool CouldGrantItself(SecurityDescriptor descriptor, AccessTarget target, Identities who)
    {
        if (descriptor.Dacl is not IReadOnlyList<Ace> list)
        {
            return false;
        }

        // An entry for OWNER RIGHTS takes the place of what an owner may without any.
        bool owns = descriptor.Owner is SecurityId owner && who.Holds(owner) == Membership.Yes;
        foreach (Ace ace in list)
        {
            owns &= !(ace.Decides && !ace.IsInheritOnly && WellKnown.OwnerRights.Equals(ace.Sid));
        }

        return owns
            || Judge(descriptor, RightQuestion.WriteDacl, target, who).Outcome == RightOutcome.Granted
            || Judge(descriptor, RightQuestion.WriteOwner, target, who).Outcome == RightOutcome.Granted;
    }

    /// <summary>Whether an entry covers what is asked, whoever it is for.</summary>
    public static Membership Covers(Ace ace, RightQuestion question, Guid? classId, out RightCause doubt)
    {
        doubt = default;
        if ((AccessMask.Map(ace.Mask) & question.Bit) == 0)
        {
            return Membership.No;
        }

        if (ace.ObjectType is not Guid type)
        {
            return Membership.Yes;
        }

        // Deleting, reading and writing the descriptor are rights over the whole object.
        if (question.Id is null)
        {
            return Membership.No;
        }

        if (type == Guid.Empty)
        {
            doubt = RightCause.EmptyObjectType;
            return Membership.Maybe;
        }

        if (type == question.Id)
        {
            return Membership.Yes;
        }

        return question.Bit == AccessMask.ControlAccess
            ? CoversExtendedRight(type, classId, out doubt)
            : CoversAttribute(type, question, classId, out doubt);
    }

    private static Membership CoversExtendedRight(Guid type, Guid? classId, out RightCause doubt)
    {
        doubt = classId is null ? RightCause.UnknownSchema : RightCause.ClassObjectType;
        return type == classId || (classId is null && !IsKnownElsewhere(type)) ? Membership.Maybe : Membership.No;
    }

    private static Membership CoversAttribute(Guid type, RightQuestion question, Guid? classId, out RightCause doubt)
    {
        doubt = RightCause.UnknownSchema;
        if (type == question.PropertySet || type == classId)
        {
            return Membership.Yes;
        }

        return (classId is null || !question.PropertySetKnown) && !IsKnownElsewhere(type) ? Membership.Maybe : Membership.No;
    }

    // Ids whose meaning no schema changes: they are neither a class nor a property set to which lockoutTime could have been added.
    private static bool IsKnownElsewhere(Guid type) =>
        type == DirectoryIds.ResetPassword || type == DirectoryIds.ChangePassword || type == DirectoryIds.UnexpirePassword
        || type == DirectoryIds.PasswordLastSet || type == DirectoryIds.LockoutTime;

    /// <summary>One walk over a list.</summary>
    private sealed class Walk
    {
        private readonly SecurityDescriptor descriptor;
        private readonly RightQuestion question;
        private readonly AccessTarget target;
        private readonly Identities who;

        // What the rest of the walk takes for granted: that an entry was passed over because these are not so.
        private readonly HashSet<SecurityId> notHeld = new();
        private bool emptyTypeIsNothing;
        private bool classTypeIsNothing;

        public Walk(SecurityDescriptor descriptor, RightQuestion question, AccessTarget target, Identities who)
        {
            this.descriptor = descriptor;
            this.question = question;
            this.target = target;
            this.who = who;
        }

        public RightAnswer Judge(IReadOnlyList<Ace> list)
        {
            RightAnswer? doubtful = null;
            bool mayAllow = false;
            bool mayRefuse = false;
            bool elsewhere = false;
            for (int i = 0; i < list.Count; i++)
            {
                Ace ace = list[i];
                if (!ace.Decides)
                {
                    continue;
                }

                if (ace.IsInheritOnly)
                {
                    elsewhere |= ace.Allows && Covers(ace, question, ace.InheritedObjectType ?? target.ClassId, out _) == Membership.Yes
                        && who.Holds(ace.Sid!) == Membership.Yes;
                    continue;
                }

                Membership applies = Applies(ace, out RightCause cause);
                if (applies == Membership.No)
                {
                    continue;
                }

                RightAnswer answer = ace.Allows
                    ? new RightAnswer(RightOutcome.Granted, RightCause.Allowed) { Index = i, Entry = ace }
                    : new RightAnswer(RightOutcome.NotGranted, RightCause.Denied) { Index = i, Entry = ace };
                mayAllow |= ace.Allows;
                mayRefuse |= !ace.Allows;
                if (applies == Membership.Yes)
                {
                    return mayAllow && mayRefuse ? doubtful! : answer;
                }

                doubtful ??= new RightAnswer(RightOutcome.Unknown, cause) { Index = i, Entry = ace };
            }

            return mayAllow
                ? doubtful!
                : new RightAnswer(RightOutcome.NotGranted, elsewhere ? RightCause.OtherObjects : RightCause.NoEntry);
        }

        private Membership Applies(Ace ace, out RightCause cause)
        {
            cause = default;
            Membership covers = Covers(ace, question, target.ClassId, out RightCause coverDoubt);
            if (covers == Membership.No
                || (emptyTypeIsNothing && coverDoubt == RightCause.EmptyObjectType && covers == Membership.Maybe)
                || (classTypeIsNothing && coverDoubt == RightCause.ClassObjectType && covers == Membership.Maybe))
            {
                return Membership.No;
            }

            Membership held = IsFor(ace.Sid!, out RightCause heldDoubt);
            if (held == Membership.No)
            {
                return Membership.No;
            }

            int doubts = (covers == Membership.Maybe ? 1 : 0) + (held == Membership.Maybe ? 1 : 0) + (ace.IsCallback ? 1 : 0);
            if (doubts == 0)
            {
                return Membership.Yes;
            }

            cause = ace.IsCallback ? RightCause.Condition : covers == Membership.Maybe ? coverDoubt : heldDoubt;

            // With one doubt only, going past the entry settles it for the entries behind.
            if (doubts == 1 && held == Membership.Maybe)
            {
                notHeld.Add(ace.Sid!);
            }

            emptyTypeIsNothing |= doubts == 1 && cause == RightCause.EmptyObjectType;
            classTypeIsNothing |= doubts == 1 && cause == RightCause.ClassObjectType;
            return Membership.Maybe;
        }

        private Membership IsFor(SecurityId sid, out RightCause doubt)
        {
            doubt = RightCause.UnknownGroups;
            if (notHeld.Contains(sid))
            {
                return Membership.No;
            }

            if (sid.Equals(WellKnown.Self))
            {
                doubt = RightCause.UnknownIdentity;
                return target.Sid is null ? Membership.Maybe : who.IsSelf(target.Sid) ? Membership.Yes : Membership.No;
            }

            if (sid.Equals(WellKnown.OwnerRights))
            {
                doubt = descriptor.Owner is null ? RightCause.UnknownIdentity : RightCause.UnknownGroups;
                return descriptor.Owner is null ? Membership.Maybe : who.Holds(descriptor.Owner);
            }

            return who.Holds(sid);
        }
    }
}
