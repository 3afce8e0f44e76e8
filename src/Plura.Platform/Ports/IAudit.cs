namespace Plura.Platform;

/// <summary>Notes who did what to which thing. Privacy implements it. Call it before SaveChanges: the entry commits with the change.</summary>
public interface IAudit
{
    /// <param name="act">The slice's word, for example <c>contacts.export</c>.</param>
    /// <param name="about">The id of the thing, where there is one.</param>
    /// <param name="facts">Counts and names of settings; never names, addresses or bodies.</param>
    void Note(string act, Guid? about, IReadOnlyDictionary<string, string>? facts = null);
}
