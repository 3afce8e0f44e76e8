using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Files in the account's own fields: kept as attached files are, and each the value of one thing alone.</summary>
public sealed class FieldFiles(PluraDb db, StoredFiles store, IServiceScopeFactory scopes, Actor actor, TimeProvider clock) : IOwnFiles
{
    /// <summary>How long a file waits for the form that it was sent with.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromDays(1);

    public static Refusal Missing => Refusal.NotFound("file.missing", "There is no file here, or it was removed.");

    public async Task<Refusal?> Fill(string entity, IReadOnlyList<IOwnField> fields, IDictionary<string, string> values, IFormFileCollection sent, CancellationToken ct)
    {
        Refusal? wrong = null;
        foreach (var asked in fields.Where(f => f.IsFile))
        {
            // A field in which nothing was chosen is sent as well, without a name.
            if (sent.GetFile($"File[{asked.Key}]") is not { FileName.Length: > 0 } chosen || await db.CustomFields.AsNoTracking().SingleOrDefaultAsync(f => f.Entity == entity && f.Key == asked.Key, ct) is not { } field)
                continue;
            await using var bytes = chosen.OpenReadStream();
            var kept = await Keep(field, chosen.FileName, bytes, ct);
            if (kept.Refusal is { } refusal)
                wrong = Refusal.Together(wrong, Refusal.Invalid(refusal.Code, refusal.Text, $"Fields.{asked.Key}"));
            else
                values[asked.Key] = FileValues.Of(kept.Value.Id, kept.Value.FileName);
        }

        return wrong;
    }

    /// <summary>
    /// Keeps a file for a field; it is nobody's until a thing takes it. In a scope of its own: what is sent with a form stays where the form is
    /// refused, and what the form does is what the log tells of.
    /// </summary>
    public async Task<Result<FieldFile>> Keep(CustomField field, string? fileName, Stream bytes, CancellationToken ct)
    {
        var name = FileKinds.Name(fileName);
        if (name.Refusal is { } kind)
            return kind;
        var stored = await store.Store(bytes, ct);
        if (stored.Refusal is { } refusal)
            return refusal;
        var now = clock.GetUtcNow();
        var file = FieldFile.Of(field, name.Value, stored.Value, actor, now);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().EnterAs(db.Tenant);
        var own = scope.ServiceProvider.GetRequiredService<PluraDb>();
        own.FieldFiles.Add(file);
        own.Enqueue(new ForgetRemoved(file.Id), now + Waits);
        await own.SaveChangesAsync(ct);
        return file;
    }

    public async Task<Refusal?> Take(string entity, Guid owner, IReadOnlyDictionary<string, string> values, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var json = System.Text.Json.JsonSerializer.Serialize(values);
        var answers = await db.Database.SqlQuery<Answer>($"select file_id, key, label from contacts.take_files({entity}, {owner}, {json}::jsonb, {now})").ToListAsync(ct);
        Refusal? refusal = null;
        foreach (var answer in answers)
        {
            if (answer.Key is null)
                db.Enqueue(new ForgetRemoved(answer.FileId), now + ForgetRemoved.After);
            else
                refusal = Refusal.Together(refusal, Refusal.Invalid("file.taken", $"The file for “{answer.Label}” belongs to something else. Upload it once more.", $"Fields.{answer.Key}"));
        }

        return refusal;
    }

    public async Task<IResult> Give(Guid owner, string? value, HttpContext http, CancellationToken ct)
    {
        var id = FileValues.Id(value);
        return id is not null && await db.FieldFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id && f.OwnerId == owner, ct) is { } file && store.Exists(file.StoredAs)
            ? FileAnswers.Download(http, store.Open(file.StoredAs), file.FileName) : Missing.Problem();
    }

    public async Task End(IReadOnlyCollection<Guid> owners, CancellationToken ct)
    {
        // First the bytes: what is broken off here finds the rows again.
        foreach (var file in await db.FieldFiles.AsNoTracking().Where(f => f.OwnerId != null && owners.Contains(f.OwnerId.Value)).Select(f => f.StoredAs).ToListAsync(ct))
            store.Remove(file);
        await db.FieldFiles.Where(f => f.OwnerId != null && owners.Contains(f.OwnerId.Value)).ExecuteDeleteAsync(ct);
    }

    /// <summary>Forgets one that nobody took or that was let go before then, and all of a field that is gone. What a merge may still bring back waits.</summary>
    public async Task Forget(Guid id, DateTimeOffset until, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        // Held, so that whoever takes one at this moment comes before us or after us.
        var due = await db.FieldFiles.FromSql($"""
            select * from contacts.field_file
            where tenant_id = {db.Tenant.Id} and ((id = {id} and (owner_id is null or removed_at <= {until})) or field_id = {id})
            for update
            """).AsNoTracking().ToListAsync(ct);
        foreach (var file in due)
        {
            if (file.FieldId != id && await Mergeable(file, ct))
            {
                db.Enqueue(new ForgetRemoved(file.Id), clock.GetUtcNow() + ForgetRemoved.After);
                continue;
            }

            store.Remove(file.StoredAs);
            await db.FieldFiles.Where(f => f.Id == file.Id).ExecuteDeleteAsync(ct);
        }

        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
    }

    /// <summary>A merge that can be taken back would put it into a contact again.</summary>
    private async Task<bool> Mergeable(FieldFile file, CancellationToken ct) =>
        await db.Database.SqlQuery<long>($"""
            select count(*) as "Value" from contacts.merge m join contacts.custom_field f on f.tenant_id = m.tenant_id and f.id = {file.FieldId}
            where m.tenant_id = {db.Tenant.Id} and m.undone_at is null
              and {file.Id.ToString()} in (left(m.loser -> 'fields' ->> f.key, 36), left(m.winner -> 'fields' ->> f.key, 36))
            """).SingleAsync(ct) > 0;

    private sealed record Answer(Guid FileId, string? Key, string? Label);
}

/// <summary>Files in fields in the module's table of contents.</summary>
public static class FilesInFields
{
    public static IServiceCollection AddFilesInFields(this IServiceCollection services) => services
        .AddScoped<FieldFiles>()
        .AddScoped<IOwnFiles>(services => services.GetRequiredService<FieldFiles>())
        .AddScoped<IAccountPart, FieldFilesPart>();

    public static void MapFilesInFields(this IEndpointRouteBuilder routes)
    {
        routes.MapKeepFieldFile();
        routes.MapReadFieldFile();
    }

    internal static readonly IReadOnlyList<ActWords> Acts =
    [
        new("contacts.keep_field_file", "uploaded a file for the field {about}", ActGroup.People, "field"),
        new("contacts.read_field_file", "took a file that stands in a field of {about}", ActGroup.Look, "contact"),
        new("contacts.read_company_file", "took a file that stands in a field of {about}", ActGroup.Look, "company"),
    ];
}
