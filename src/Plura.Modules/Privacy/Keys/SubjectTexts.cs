using System.Text;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Privacy;

/// <summary>Texts of the scope's account under its people's keys.</summary>
public sealed class SubjectTexts(SubjectKeys keys, Tenant tenant) : ISubjectTexts
{
    private const string Kind = "text";
    private const string File = "file";

    public Task<byte[]> Seal(Guid subject, Guid row, string text, CancellationToken ct) => Seal(Kind, subject, row, Encoding.UTF8.GetBytes(text), ct);

    public async Task<IReadOnlyDictionary<Guid, string>> Open(IReadOnlyCollection<SealedText> texts, CancellationToken ct) =>
        (await OpenAll(Kind, [.. texts.Select(t => (t.Subject, t.Row, t.Text))], ct)).ToDictionary(t => t.Key, t => Encoding.UTF8.GetString(t.Value));

    public Task<byte[]> SealFile(Guid subject, Guid row, byte[] bytes, CancellationToken ct) => Seal(File, subject, row, bytes, ct);

    public async Task<byte[]?> OpenFile(Guid subject, Guid row, byte[] sealedBytes, CancellationToken ct) => (await OpenAll(File, [(subject, row, sealedBytes)], ct)).GetValueOrDefault(row);

    public Task Forget(Guid subject, CancellationToken ct) => keys.ShredWords(tenant.Id, subject, ct);

    private Task<byte[]> Seal(string kind, Guid subject, Guid row, byte[] plain, CancellationToken ct) => keys.Seal(kind, tenant.Id, SubjectKeys.Words(subject), row, plain, ct);

    private async Task<IReadOnlyDictionary<Guid, byte[]>> OpenAll(string kind, List<(Guid Subject, Guid Row, byte[] Sealed)> texts, CancellationToken ct)
    {
        var opened = await keys.OpenAll(kind, tenant.Id, [.. texts.Select(t => (SubjectKeys.Words(t.Subject), t.Row, t.Sealed))], ct);
        // What was written before words had a key of their own stands under the person's first.
        var older = texts.FindAll(t => !opened.ContainsKey(t.Row));
        return older.Count == 0 ? opened : (await keys.OpenAll(kind, tenant.Id, older, ct)).Concat(opened).ToDictionary();
    }
}
