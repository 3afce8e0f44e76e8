using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Contacts;

namespace Plura.Bench;

/// <summary>
/// An import through its real job (read, normalise, match, merge, write, note for undo) against PostgreSQL's own COPY of the same contacts
/// and addresses from CSV into the same tables (G6: everybody is new; G7: a third is known, two tags each, and what changed is kept).
/// </summary>
public sealed class ImportArea : IArea
{
    private const string Contact = "id, first_name, last_name, company, sort_name, search_text, fields, minor, source, external_id, created_at, updated_at";
    private const string Point = "id, contact_id, kind, value, normal, address_key, is_primary, position";
    private static readonly Guid Another = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public string Name => "import";

    public async Task<IReadOnlyList<Line>> Run(BenchContext context, CancellationToken ct)
    {
        if (context.Options.Size is { } many)
            return [await Large(context, many, ct)];
        var rows = context.Size(200_000);
        var (known, fresh, mixed) = (People(rows / 2, company: false), People(rows, company: true), Mixed(rows));
        var plain = await Plain(context, fresh, ct);
        var allNew = await context.Compare(_ => Rate(context, fresh, known: null, rows, ct), _ => Copy(context, plain, rows, ct));
        var merge = await context.Compare(_ => Rate(context, mixed, known, rows, ct), _ => Copy(context, plain, rows, ct));
        return
        [
            new Line("G6", $"import of {rows} rows, all new / COPY of the same rows into the same tables", allNew.Ratios, 0.5, Note: Note(allNew)),
            new Line("G7", $"import of {rows} rows, a third known, 2 tags each / COPY", merge.Ratios, 0.25, Note: Note(merge)),
        ];
    }

    /// <summary>One large file from disk, through upload and job: how much more memory it takes than one of a tenth, whose peak stands before it.</summary>
    private static async Task<Line> Large(BenchContext context, int rows, CancellationToken ct)
    {
        var (_, small) = await FromDisk(context, rows / 10, ct);
        var (seconds, large) = await FromDisk(context, rows, ct);
        var note = string.Create(CultureInfo.InvariantCulture, $"{seconds:N0} s, {rows / seconds:N0} rows/s; peak working set {large / 1048576:N0} MB against {small / 1048576:N0} MB");
        return new Line("G6", $"import of {rows} rows, all new: peak working set / that of {rows / 10} rows", [(double)large / small], 3, AtMost: true, Note: note);
    }

    /// <summary>Seconds of upload and job, and the process's peak so far.</summary>
    private static async Task<(double Seconds, long Peak)> FromDisk(BenchContext context, int rows, CancellationToken ct)
    {
        var path = Path.Combine(Path.GetTempPath(), $"plura-bench-{rows}.csv");
        await using (var writer = new StreamWriter(path))
        {
            var text = new StringBuilder("First Name,Last Name,Email,Phone,Company,Tags\n");
            for (var i = 0; i < rows; i++)
            {
                Person(text, i, $"person{i}@example.com", Phone(i), tags: true);
                await writer.WriteAsync(text, ct);
                text.Clear();
            }
        }

        try
        {
            var tenant = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
            await using var file = File.OpenRead(path);
            var seconds = await BenchContext.Seconds(() => Import(context, tenant, file, ct));
            await Forget(context, tenant);
            using var self = System.Diagnostics.Process.GetCurrentProcess();
            return (seconds, self.PeakWorkingSet64);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Rows per second of the import's job.</summary>
    private static async Task<double> Rate(BenchContext context, byte[] file, byte[]? known, int rows, CancellationToken ct)
    {
        var tenant = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        if (known is not null)
            await Import(context, tenant, known, ct);
        var seconds = await Import(context, tenant, file, ct);
        await Forget(context, tenant);
        return rows / seconds;
    }

    private static async Task<double> Import(BenchContext context, Guid tenant, byte[] file, CancellationToken ct) => await Import(context, tenant, new MemoryStream(file), ct);

    private static async Task<double> Import(BenchContext context, Guid tenant, Stream file, CancellationToken ct)
    {
        var id = await context.In(tenant, async services =>
        {
            var answer = await services.GetRequiredService<ImportContactsHandler>().Handle(new ImportContacts { File = file, FileName = "bench.csv", DryRun = false }, ct);
            return answer.Value;
        });
        var seconds = await context.In(tenant, services => BenchContext.Seconds(() => services.GetRequiredService<ImportContactsJobHandler>().Run(new ImportContactsJob(id), ct)));
        var import = await context.In(tenant, services => services.GetRequiredService<ReadImport>().One(id, ct));
        return import is { State: Plura.Contacts.Data.Import.Done } ? seconds : throw new InvalidOperationException($"The import ended as {import?.State}: {import?.Failure}");
    }

    /// <summary>What the import makes of the file, as COPY takes it: contacts and addresses without their tenant.</summary>
    private static async Task<(string Contacts, string Points)> Plain(BenchContext context, byte[] file, CancellationToken ct)
    {
        var made = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await Import(context, made, file, ct);
        await using var owner = await context.OpenOwner();
        var contacts = await Out(owner, $"copy (select '{Another}'::uuid, {Contact} from contacts.contact where tenant_id = '{made}' order by id) to stdout (format csv)", ct);
        var points = await Out(owner, $"copy (select '{Another}'::uuid, {Point} from contacts.contact_point where tenant_id = '{made}' order by id) to stdout (format csv)", ct);
        await Forget(context, made);
        return (contacts, points);
    }

    /// <summary>Rows per second of a plain COPY.</summary>
    private static async Task<double> Copy(BenchContext context, (string Contacts, string Points) plain, int rows, CancellationToken ct)
    {
        await using var owner = await context.OpenOwner();
        var seconds = await BenchContext.Seconds(async () =>
        {
            await using var transaction = await owner.BeginTransactionAsync(ct);
            await In(owner, $"copy contacts.contact (tenant_id, {Contact}) from stdin (format csv)", plain.Contacts, ct);
            await In(owner, $"copy contacts.contact_point (tenant_id, {Point}) from stdin (format csv)", plain.Points, ct);
            await transaction.CommitAsync(ct);
        });
        await Forget(context, Another);
        return rows / seconds;
    }

    private static async Task<string> Out(NpgsqlConnection owner, string sql, CancellationToken ct)
    {
        using var reader = await owner.BeginTextExportAsync(sql, ct);
        return await reader.ReadToEndAsync(ct);
    }

    private static async Task In(NpgsqlConnection owner, string sql, string csv, CancellationToken ct)
    {
        await using var writer = await owner.BeginTextImportAsync(sql, ct);
        await writer.WriteAsync(csv.AsMemory(), ct);
    }

    /// <summary>Every round meets tables of the same size.</summary>
    private static async Task Forget(BenchContext context, Guid tenant)
    {
        await using var owner = await context.OpenOwner();
        foreach (var table in (string[])["contact_tag", "contact_point", "import_change", "contact", "tag"])
        {
            await using var delete = new NpgsqlCommand($"delete from contacts.{table} where tenant_id = $1", owner) { CommandTimeout = 0, Parameters = { new() { Value = tenant } } };
            await delete.ExecuteNonQueryAsync();
            await using var vacuum = new NpgsqlCommand($"vacuum analyze contacts.{table}", owner) { CommandTimeout = 0 };
            await vacuum.ExecuteNonQueryAsync();
        }
    }

    private static byte[] People(int count, bool company)
    {
        var text = new StringBuilder("First Name,Last Name,Email,Phone,Company,Tags\n");
        for (var i = 0; i < count; i++)
            Person(text, i, $"person{i}@example.com", Phone(i), tags: false, company);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>60 % new, 30 % known by e-mail, 5 % known by phone alone, 5 % the same person twice.</summary>
    private static byte[] Mixed(int rows)
    {
        var text = new StringBuilder("First Name,Last Name,Email,Phone,Company,Tags\n");
        for (var i = 0; i < rows; i++)
        {
            // Seven of twenty rows are about somebody known, each about another one; the file knows their company, the address book does not.
            var known = (i / 20 * 7) + Math.Max(0, (i % 20) - 12);
            switch (i % 20)
            {
                case < 12:
                    Person(text, rows + i, $"new{i}@example.com", Phone(rows + i), tags: true);
                    break;
                case < 18:
                    Person(text, known, $"person{known}@example.com", "", tags: true);
                    break;
                case 18:
                    Person(text, known, "", Phone(known), tags: true);
                    break;
                default:
                    Person(text, rows + i, $"new{i - 19}@example.com", "", tags: true);
                    break;
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Person(StringBuilder text, int i, string email, string phone, bool tags, bool company = true) =>
        text.Append(CultureInfo.InvariantCulture, $"First{i % 997},Last{i},{email},{phone},{(company ? $"Company number {i % 5000}" : "")},{(tags ? "\"spring,list " + (i % 10) + "\"" : "")}\n");

    private static string Phone(int i) => string.Create(CultureInfo.InvariantCulture, $"+1{212 + (i / 8_000_000)}{2_000_000 + (i % 7_999_999):0000000}");

    private static string Note(Measured measured) => string.Create(CultureInfo.InvariantCulture,
        $"{Statistics.Quantile(measured.Product, 0.5):N0} rows/s against {Statistics.Quantile(measured.Reference, 0.5):N0}");
}
