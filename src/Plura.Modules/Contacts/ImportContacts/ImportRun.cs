using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;
using Plura.Ui;

namespace Plura.Contacts;

/// <summary>
/// Runs one import in one transaction: read and normalise, stage, match, merge, write, attest. A dry run stops before it writes, so both
/// count the same. Killed at any moment it leaves nothing behind, and runs again from the start.
/// </summary>
public sealed class ImportRun(
    PluraDb db, StoredUploads uploads, AddressReader addresses, IAddressKeys keys, Duplicates duplicates, FieldBook fieldBook, ISuppression suppression,
    IConsentLedger consents, ImportProgress progress, LiveContacts live, FindDuplicatesHandler duplicateSearch, IAudit audit, INotices notices, TimeProvider clock)
{
    /// <summary>The advisory lock's class: one import at a time in an account, so that two files cannot both make the same person.</summary>
    public const int LockClass = 20560;

    /// <summary>The kind of news that an import is finished.</summary>
    public const string DoneKind = "import_done";
    private const int WritePart = 50_000;

    private readonly RowEnds ends = new();

    /// <summary>By the key of an address: the row that has it. A million rows stand in it, so it holds no more than that.</summary>
    private readonly Dictionary<Guid, int> seen = [];
    private NpgsqlConnection connection = null!;
    private ImportStage stage = null!;
    private ImportPlan plan = null!;
    private IdBlock ids = null!;
    private Import import = null!;
    private ImportMerges merges = null!;
    private DateOnly ofAge;

    public async Task Run(Guid importId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await Quietly.Change(db, ct);
        connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockClass}, hashtext({db.Tenant.Id.ToString()}))", ct);
        import = await db.Imports.SingleAsync(i => i.Id == importId, ct);
        if (import.State != Import.Running)
            return;
        var now = clock.GetUtcNow();
        ids = new IdBlock(now);
        ofAge = DateOnly.FromDateTime(now.UtcDateTime).AddYears(-PersonDetails.FullAge);
        stage = new ImportStage(connection, db.Tenant.Id, now);
        // Which values must be somebody's alone stands still until we are done.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock_shared({FieldRules.LockClass}, hashtext({db.Tenant.Id.ToString()}))", ct);
        var (shape, mapping) = (import.ReadShape(), import.ReadMapping());
        var choices = ColumnChoices.Of(uploads.Path(import.StoredAs), shape, mapping);
        plan = ImportPlan.Of(mapping, await fieldBook.Every(CustomField.OnContacts, ct), choices, Currencies.Of(await addresses.Region(ct)), now);
        var settings = await duplicates.Settings(ct);

        await stage.Execute(ImportSql.Stage, ct);
        await Read(shape, settings, ct);
        var newTags = await NameTags(ct);
        await Block(ct);
        await Match(settings, ct);
        await ImportCompanies.Spell(stage, ct);
        await ImportUniques.Take(stage, plan, ends, import.Policy == Import.Overwrite, ct);
        merges = new ImportMerges(stage, ends, import.Policy == Import.Overwrite, ofAge);
        await merges.Compare(() => progress.Say(import.Id, "Comparing with what you have", 55, ends.Count, ct), ct);
        var newCompanies = await ImportCompanies.Count(stage, ct);
        var (emailPermissions, smsPermissions) = import.DryRun ? (0, 0) : await Write(ct);
        var counts = ends.Sum(plan, newTags) with { NewCompanies = newCompanies, EmailPermissions = emailPermissions, SmsPermissions = smsPermissions };
        await Keep(shape, ct);

        if (import.DryRun)
            await transaction.RollbackAsync(ct);
        import.Finish(counts, now);
        if (!import.DryRun)
        {
            db.Publish(new ContactsImported(import.Id));
            audit.Note("contacts.import_finished", import.Id);
            notices.Post(DoneKind, $"“{import.FileName}” is imported: {Say.Number(counts.New)} new, {Say.Number(counts.Updated)} already there, {Say.Number(counts.Invalid)} that could not be read.", $"contacts/import/{import.Id}", "Your import is finished");
            await live.Changed(ct);
            if (counts.BroughtAnything())
                await duplicateSearch.Ask(ct);
        }

        await db.SaveChangesAsync(ct);
        await progress.Ring(import.Id, ct);
        if (!import.DryRun)
            await db.CommitLargeWrite(transaction, ct);
    }

    private async Task Read(CsvShape shape, ContactSettings settings, CancellationToken ct)
    {
        var reader = new ImportRowReader(plan, await addresses.Region(ct), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), keys);
        using var text = CsvShape.Text(uploads.Path(import.StoredAs), shape.Encoding);
        var records = shape.Open(text);
        var chunk = new List<ImportRow>(ImportStage.ChunkSize);
        while (records.Read())
        {
            var number = ends.Count;
            var row = reader.Read(records, number, out var problem);
            if (problem is not null)
                ends.StaysOut(records.Line, RowEnd.Invalid, problem);
            if (row is null)
                continue;
            if (Repeats(row, settings) is { } earlier)
            {
                ends.StaysOut(row.Line, RowEnd.Duplicate, $"The same person stands on line {earlier.Line} with the same {(earlier.Kind == ContactPoint.Email ? "e-mail address" : "phone number")}; that row was taken.");
                continue;
            }

            ends.Comes(row);
            chunk.Add(row);
            if (chunk.Count < ImportStage.ChunkSize)
                continue;
            await Load(chunk, ct);
            chunk.Clear();
            await progress.Say(import.Id, "Reading the file", Share(number, shape.Rows, 0, 45), number, ct);
        }

        await Load(chunk, ct);
    }

    private async Task Load(List<ImportRow> chunk, CancellationToken ct)
    {
        await stage.Load(chunk, ids, ct);
        await stage.LoadUnique(chunk, plan.UniqueFields, ct);
    }

    /// <summary>The earlier row that is the same person; none where the row is new, whose addresses are then remembered.</summary>
    private (int Line, string Kind)? Repeats(ImportRow row, ContactSettings settings)
    {
        var both = !settings.AllowDuplicates || !row.Addresses.Exists(a => a.Kind == settings.MatchFirst);
        foreach (var address in row.Addresses)
        {
            if ((both || address.Kind == settings.MatchFirst) && seen.TryGetValue(address.Key, out var earlier))
                return (ends.LineOf(earlier), address.Kind);
        }

        foreach (var address in row.Addresses)
            seen.TryAdd(address.Key, row.Number);
        return null;
    }

    private async Task<List<string>> NameTags(CancellationToken ct)
    {
        var existing = await db.Tags.AsNoTracking().ToDictionaryAsync(t => t.Normal, t => t.Id, ct);
        await stage.LoadTags(import.ReadTags(), existing, ids, ct);
        return [.. stage.Tags.Where(t => !existing.ContainsKey(t.Key)).Select(t => t.Value.Name)];
    }

    /// <summary>Finds who said no or is blocked. Who asked to be erased is not brought back; the others come in without permission.</summary>
    private async Task Block(CancellationToken ct)
    {
        await progress.Say(import.Id, "Looking for people who said no", 48, ends.Count, ct);
        var blocked = new List<(int, string)>();
        var erased = new HashSet<int>();
        foreach (var (kind, channel) in ((string, string)[])[(ContactPoint.Email, Channels.Email), (ContactPoint.Phone, Channels.Sms)])
        {
            await stage.Execute(ImportSql.Members, ct, new NpgsqlParameter("kind", kind));
            foreach (var (key, reason) in await suppression.Blocked(connection, channel, ct))
            {
                if (!seen.TryGetValue(key, out var row))
                    continue;
                blocked.Add((row, kind));
                if (reason == SuppressionReasons.Erased)
                    erased.Add(row);
                if (ends[row] != RowEnd.Erased)
                    ends.Falls(row, reason == SuppressionReasons.Erased ? RowEnd.Erased : RowEnd.Suppressed, BlockedWords.For(reason, kind));
            }
        }

        await stage.LoadBlocked(blocked, ct);
        await Forget(erased, ct);
    }

    private async Task Match(ContactSettings settings, CancellationToken ct)
    {
        await progress.Say(import.Id, "Looking for people you already have", 52, ends.Count, ct);
        await stage.Execute(ImportSql.Match, ct, new NpgsqlParameter("first", settings.MatchFirst), new NpgsqlParameter("both", !settings.AllowDuplicates));
        var repeats = new HashSet<int>();
        await using (var command = stage.Command(ImportSql.SameContact))
        await using (var rows = await command.ExecuteReaderAsync(ct))
        {
            while (await rows.ReadAsync(ct))
            {
                repeats.Add(rows.GetInt32(0));
                ends.Falls(rows.GetInt32(0), RowEnd.Duplicate, "An earlier row is about the same contact in your address book; that row was taken.");
            }
        }

        await Forget(repeats, ct);
    }

    /// <summary>Answers for how many addresses a permission was recorded.</summary>
    private async Task<(int Email, int Sms)> Write(CancellationToken ct)
    {
        await stage.Execute(ImportSql.NewTags, ct);
        await MakeFields(ct);
        await ImportCompanies.Make(stage, ids, import, ct);
        await InParts("Writing contacts", 60, 72, ImportSql.NewContacts, ct, new("source", Source(import.FileName)), new("of_age", ofAge));
        await InParts("Writing addresses", 72, 84, ImportSql.NewPoints, ct);
        await progress.Say(import.Id, "Writing what is new about people you had", 84, ends.Count, ct);
        await merges.Write(() => ImportCompanies.Make(stage, ids, import, ct), ct);
        await stage.Execute(ImportSql.MorePoints, ct);
        if (stage.Tags.Count > 0)
            await stage.Execute(ImportSql.TagsOfNew, ct);
        await stage.Execute(ImportSql.TagsAndChanges, ct, new NpgsqlParameter("import", import.Id));
        await progress.Say(import.Id, "Recording the permission", 94, ends.Count, ct);
        var email = await Attest(ContactPoint.Email, Channels.Email, ct);
        var sms = await Attest(ContactPoint.Phone, Channels.Sms, ct);
        import.Wrote(ids.First, ids.Last, email.Id, sms.Id);
        return (email.Count, sms.Count);
    }

    /// <summary>A statement for so many rows of the file at a time: whoever waits sees that it goes on.</summary>
    private async Task InParts(string phase, int from, int to, string sql, CancellationToken ct, params (string Name, object Value)[] more)
    {
        for (var start = 0; start < ends.Count; start += WritePart)
        {
            await progress.Say(import.Id, ends.Count > WritePart ? $"{phase}, {Say.Number(start)} of {Say.Number(ends.Count)}" : phase, Share(start, ends.Count, from, to), ends.Count, ct);
            await stage.Execute(sql, ct, [new("from", start), new("to", start + WritePart), .. more.Select(m => new NpgsqlParameter(m.Name, m.Value))]);
        }
    }

    private async Task MakeFields(CancellationToken ct)
    {
        foreach (var field in plan.NewFields)
        {
            await stage.Execute("""
                insert into contacts.custom_field (tenant_id, id, entity, key, label, kind, choices, currency, group_name, is_required, is_unique, privacy, position)
                values (@t, @id, 'contact', @key, @label, @kind, @choices, @currency, '', false, false, @privacy, @position)
                on conflict (tenant_id, entity, key) do nothing
                """, ct, new NpgsqlParameter("id", ids.Next()), new NpgsqlParameter("key", field.Key), new NpgsqlParameter("label", field.Label),
                new NpgsqlParameter("kind", field.Kind), new NpgsqlParameter("choices", field.Choices), new NpgsqlParameter("currency", field.Currency),
                new NpgsqlParameter("privacy", field.Privacy), new NpgsqlParameter("position", field.Position));
        }
    }

    private async Task<(Guid? Id, int Count)> Attest(string kind, string channel, CancellationToken ct)
    {
        if (!import.ReadAttestation().TryGetValue(channel, out var word))
            return (null, 0);
        await stage.Execute(ImportSql.Members, ct, new NpgsqlParameter("kind", kind));
        var id = ids.Next();
        var taken = await consents.Attest(connection, new ConsentAttestation(id, channel, Topics.All, ConsentDoors.Import, word.Source, word.Wording, word.Date), ct);
        return (taken > 0 ? id : null, taken);
    }

    private async Task Keep(CsvShape shape, CancellationToken ct)
    {
        await using (var errors = uploads.Create(StoredUploads.ErrorsOf(import.StoredAs)))
            ErrorRows.Write(errors, uploads.Path(import.StoredAs), shape, ends.Problems);
        foreach (var (name, json) in new[] { (StoredUploads.PreviewOf(import.StoredAs), ends.Preview(merges.Shown)), (StoredUploads.ReasonsOf(import.StoredAs), ends.Reasons()) })
        {
            await using var file = uploads.Create(name);
            await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(json), ct);
        }
    }

    private async Task Forget(HashSet<int> numbers, CancellationToken ct)
    {
        if (numbers.Count > 0)
            await stage.Execute(ImportSql.Forget, ct, new NpgsqlParameter("ns", numbers.ToArray()));
    }

    private static string Source(string file) => file.Length > 150 ? "Import: " + file[..150] : "Import: " + file;

    private static int Share(int done, int all, int from, int to) => from + (int)((to - from) * (long)done / Math.Max(1, all));
}
