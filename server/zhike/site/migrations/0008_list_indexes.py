"""Indexes for the few in a quiet state, and for files of own fields."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("zhike", "0007_customer_file"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("deleted_at__isnull", True)),
                fields=["field", "customer"],
                name="attachment_of_field",
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("deleted_at__isnull", True), ("life", "archived")),
                fields=["life", "id"],
                name="customer_archived",
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("deleted_at__isnull", True), ("life", "paused")),
                fields=["life", "id"],
                name="customer_paused",
            ),
        ),
    ]
