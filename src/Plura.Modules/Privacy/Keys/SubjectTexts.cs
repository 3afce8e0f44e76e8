using System.Text;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Privacy;

/// <summary>Texts of the scope's account under its people's keys.</summary>
public sealed class SubjectTexts(SubjectKeys keys, Tenant tenant) : ISubjectTexts
{
    private const string Kind = "text";
    private const string File = "file";

    public Task<byte[]> Seal(Guid subject, Guid row, string text, CancellationToken ct) => keys.Seal(Kind, tenant.Id, subject, row, Encoding.UTF8.GetBytes(text), ct);

    public async Task<IReadOnlyDictionary<Guid, string>> Open(IReadOnlyCollection<SealedText> texts, CancellationToken ct) =>
        (await keys.OpenAll(Kind, tenant.Id, [.. texts.Select(t => (t.Subject, t.Row, t.Text))], ct)).ToDictionary(t => t.Key, t => Encoding.UTF8.GetString(t.Value));

    public Task<byte[]> SealFile(Guid subject, Guid row, byte[] bytes, CancellationToken ct) => keys.Seal(File, tenant.Id, subject, row, bytes, ct);

    public async Task<byte[]?> OpenFile(Guid subject, Guid row, byte[] sealedBytes, CancellationToken ct) =>
        (await keys.OpenAll(File, tenant.Id, [(subject, row, sealedBytes)], ct)).GetValueOrDefault(row);

    public Task Forget(Guid subject, CancellationToken ct) => keys.Shred(tenant.Id, subject, ct);
}
