namespace Plura.Platform;

/// <summary>The documents that people accept. Privacy implements it, Accounts records who accepted which.</summary>
public interface IPolicyVersions
{
    /// <param name="document"><c>privacy</c>, <c>terms</c> or <c>dpa</c> (the data-processing agreement).</param>
    PolicyVersion Current(string document);
}

/// <param name="WordingHash">SHA-256 of the exact text, in lower-case hex.</param>
public sealed record PolicyVersion(string Document, string Version, string WordingHash, DateOnly Date);
