#!/bin/sh
# Builds the image of this commit, pushes it and puts it behind the service by updating the product.
# Who runs it: see "Deploy" in README.md.
set -eu
name='${{ values.name }}'

output() {
  aws servicecatalog get-provisioned-product-outputs --provisioned-product-name "$name" \
    --query "Outputs[?OutputKey=='$1'].OutputValue" --output text
}
detail() {
  aws servicecatalog describe-provisioned-product --name "$name" \
    --query "ProvisionedProductDetail.$1" --output text
}

repository=$(output RepositoryUri)
image="$repository:$(git rev-parse --short=12 HEAD)"
aws ecr get-login-password | docker login --username AWS --password-stdin "${repository%%/*}"
docker build --platform linux/amd64 --tag "$image" .
docker push "$image"

product=$(detail ProductId)
artifact=$(detail ProvisioningArtifactId)
path=$(aws servicecatalog list-launch-paths --product-id "$product" --query 'LaunchPathSummaries[0].Id' --output text)
set -- "Key=ImageUri,Value=$image"
for key in $(aws servicecatalog describe-provisioning-parameters --product-id "$product" \
  --provisioning-artifact-id "$artifact" --path-id "$path" \
  --query "ProvisioningArtifactParameters[?ParameterKey!='ImageUri'].ParameterKey" --output text); do
  set -- "$@" "Key=$key,UsePreviousValue=true"
done
record=$(aws servicecatalog update-provisioned-product --provisioned-product-name "$name" --product-id "$product" \
  --provisioning-artifact-id "$artifact" --path-id "$path" --provisioning-parameters "$@" \
  --query RecordDetail.RecordId --output text)
while true; do
  status=$(aws servicecatalog describe-record --id "$record" --query RecordDetail.Status --output text)
  case "$status" in
    SUCCEEDED) exit 0 ;;
    FAILED)
      aws servicecatalog describe-record --id "$record" --query 'RecordDetail.RecordErrors[].Description' --output text >&2
      exit 1
      ;;
  esac
  sleep 10
done
