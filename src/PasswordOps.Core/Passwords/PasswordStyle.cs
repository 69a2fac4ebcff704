namespace PasswordOps.Core.Passwords;

/// <summary>What a generated password is made to be good for.</summary>
public enum PasswordStyle
{
    /// <summary>Any order of letters, digits and symbols: the shortest for its strength, for whoever copies it.</summary>
    Random,

    /// <summary>Invented words, digits and symbols that can be said over the telephone, in English and in Dutch.</summary>
    Pronounceable,
}
