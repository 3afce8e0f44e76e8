using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>How many people an audience holds now.</summary>
public sealed class AudienceSize(PluraDb db)
{
    public async Task<int> Of(AudienceSql audience, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = new NpgsqlCommand($"select count(*) from ({audience.Sql}) audience", (NpgsqlConnection)db.Database.GetDbConnection());
            foreach (var parameter in audience.Parameters)
                command.Parameters.Add(parameter.Clone());
            return Convert.ToInt32(await command.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
