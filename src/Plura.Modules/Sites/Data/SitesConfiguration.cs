using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Sites.Data;

public sealed class FormConfiguration : IEntityTypeConfiguration<Form>
{
    public void Configure(EntityTypeBuilder<Form> builder)
    {
        builder.TenantTable("sites", "form");
        builder.Property(f => f.Version).IsConcurrencyToken();
        builder.Property(f => f.Fields).AsJson();
        builder.Property(f => f.Consents).AsJson();
        builder.Property(f => f.Tags).AsJson();
    }
}

public sealed class PublicFormConfiguration : IEntityTypeConfiguration<PublicForm>
{
    public void Configure(EntityTypeBuilder<PublicForm> builder)
    {
        builder.ToTable("public_form", "sites");
        builder.HasKey(f => f.Key);
    }
}

public sealed class FormSubmissionConfiguration : IEntityTypeConfiguration<FormSubmission>
{
    public void Configure(EntityTypeBuilder<FormSubmission> builder)
    {
        builder.TenantTable("sites", "form_submission");
        builder.Property(s => s.Answers).AsJson();
        builder.Property(s => s.Ticked).AsJson();
        builder.HasIndex(s => new { s.TenantId, s.FormId, s.Visit }).IsUnique();
        builder.HasIndex(s => new { s.TenantId, s.ContactId, s.At });
        builder.HasOne<Form>().WithMany().HasForeignKey(s => new { s.TenantId, s.FormId }).OnDelete(DeleteBehavior.Restrict);
    }
}

public sealed class VisitorMessageConfiguration : IEntityTypeConfiguration<VisitorMessage>
{
    public void Configure(EntityTypeBuilder<VisitorMessage> builder) => builder.TenantTable("sites", "visitor_message");
}

public sealed class RateWindowConfiguration : IEntityTypeConfiguration<RateWindow>
{
    public void Configure(EntityTypeBuilder<RateWindow> builder)
    {
        builder.ToTable("rate_window", "sites");
        builder.HasKey(w => new { w.Scope, w.Visitor, w.Start });
        builder.HasIndex(w => w.Start);
    }
}

internal static class JsonColumns
{
    /// <summary>Lists that are read whole and never filtered.</summary>
    public static void AsJson<T>(this PropertyBuilder<T> property) where T : class => property.HasColumnType("jsonb").HasConversion(
        value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
        text => JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web)!,
        new ValueComparer<T>(
            (a, b) => JsonSerializer.Serialize(a, JsonSerializerOptions.Web) == JsonSerializer.Serialize(b, JsonSerializerOptions.Web),
            value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web).GetHashCode(StringComparison.Ordinal),
            value => value));
}
