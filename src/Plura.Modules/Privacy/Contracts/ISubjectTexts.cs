namespace Plura.Privacy.Contracts;

/// <summary>
/// Texts about a person of the scope's account, kept only as ciphertext under that person's key. Once the key is destroyed nobody reads
/// them any more, in no copy.
/// </summary>
public interface ISubjectTexts
{
    /// <summary>Seals a text to the row that will hold it; in another row it does not open.</summary>
    /// <param name="subject">Whose key: a contact's id. It is made when first needed.</param>
    /// <param name="row">The id of the row.</param>
    /// <param name="text">What nobody else is to read.</param>
    /// <param name="ct">Stops it.</param>
    Task<byte[]> Seal(Guid subject, Guid row, string text, CancellationToken ct);

    /// <summary>The texts by their rows; missing are those whose key was destroyed. However many, the keys are looked up once.</summary>
    Task<IReadOnlyDictionary<Guid, string>> Open(IReadOnlyCollection<SealedText> texts, CancellationToken ct);

    /// <summary>The same for a file; it is sealed whole.</summary>
    Task<byte[]> SealFile(Guid subject, Guid row, byte[] bytes, CancellationToken ct);

    /// <summary>Null where its key was destroyed, or it is not what was sealed.</summary>
    Task<byte[]?> OpenFile(Guid subject, Guid row, byte[] sealedBytes, CancellationToken ct);

    /// <summary>
    /// Destroys the key of what was written with somebody: a contact that is gone for good, or a visitor whom nobody knows, once their words stand elsewhere or are
    /// gone. What they allowed, and its proof, stands under another key.
    /// </summary>
    Task Forget(Guid subject, CancellationToken ct);
}

/// <param name="Subject">Whose key it is under.</param>
/// <param name="Row">The row that holds it.</param>
/// <param name="Text">The ciphertext.</param>
public sealed record SealedText(Guid Subject, Guid Row, byte[] Text);
