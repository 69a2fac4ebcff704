namespace PasswordOps.Core.Reset;

/// <summary>What an administrator or a user sees when something is wrong with passwords. Causes are in Knowledge/symptoms.tsv.</summary>
public enum ResetSymptom
{
    /// <summary>'Reset password' is greyed out for this user.</summary>
    ButtonGreyedOut,

    /// <summary>The page 'Password reset' is missing from the portal.</summary>
    BladeMissing,

    /// <summary>'On-premises integration' is missing from the page 'Password reset'.</summary>
    OnPremisesBladeMissing,

    /// <summary>The user cannot sign in with the password that an administrator reset.</summary>
    SignInFailsAfterReset,

    /// <summary>The password reset policy that was set does not show in a test.</summary>
    PolicyNotApplied,

    /// <summary>The user reads that password reset is not enabled.</summary>
    NotEnabled,

    /// <summary>The user reads that necessary information is missing.</summary>
    InformationMissing,

    /// <summary>No text message or call arrives.</summary>
    NoSmsOrCall,
}
